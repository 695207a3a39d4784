@{
    RootModule = 'aws-switch.psm1'
    ModuleVersion = '0.1.0'
    GUID = '5b1c6f1e-7f0e-4b0b-9c57-3d0f6f2f7a41'
    Author = 'The aws-switch authors'
    Copyright = '(c) The aws-switch authors. MIT or Apache 2.0.'
    Description = 'Switch AWS profiles in your shell. Loads the shell integration of aws-switch, which must be on PATH.'
    PowerShellVersion = '5.1'
    CompatiblePSEditions = 'Desktop', 'Core'
    # The helper's script defines the function; if this module exported its name too, PowerShell would warn of it.
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{ PSData = @{ Tags = 'aws', 'profile', 'prompt', 'completion' } }
}
