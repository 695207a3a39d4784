# A pattern: packaging/publishable fills in where the release is, its number and its checksums.
class AwsSwitch < Formula
  desc "Switch AWS profiles in your shell: bash, zsh, fish and PowerShell"
  homepage "REPOSITORY"
  version "VERSION"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "REPOSITORY/releases/download/vVERSION/aws-switch-aarch64-apple-darwin.tgz"
      sha256 "SHA256 aws-switch-aarch64-apple-darwin.tgz"
    end
    on_intel do
      url "REPOSITORY/releases/download/vVERSION/aws-switch-x86_64-apple-darwin.tgz"
      sha256 "SHA256 aws-switch-x86_64-apple-darwin.tgz"
    end
  end

  on_linux do
    on_arm do
      url "REPOSITORY/releases/download/vVERSION/aws-switch-aarch64-unknown-linux-musl.tgz"
      sha256 "SHA256 aws-switch-aarch64-unknown-linux-musl.tgz"
    end
    on_intel do
      url "REPOSITORY/releases/download/vVERSION/aws-switch-x86_64-unknown-linux-musl.tgz"
      sha256 "SHA256 aws-switch-x86_64-unknown-linux-musl.tgz"
    end
  end

  def install
    bin.install "aws-switch"
    man1.install "aws-switch.1"
    bash_completion.install "completions/aws-switch.bash" => "aws-switch"
    zsh_completion.install "completions/_aws-switch"
    fish_completion.install "completions/aws-switch.fish"
  end

  def caveats
    <<~EOS
      To load aws-switch in every new shell, run:
        aws-switch setup
    EOS
  end

  test do
    (testpath/"config").write "[profile work]\n"
    ENV["AWS_CONFIG_FILE"] = testpath/"config"
    ENV["AWS_SHARED_CREDENTIALS_FILE"] = testpath/"none"
    assert_equal "work\n", shell_output("#{bin}/aws-switch list --names")
  end
end
