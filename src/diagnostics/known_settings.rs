//! The settings that the AWS CLI reads, and the values that each takes: what botocore 1.44 and the AWS CLI 1.45 and 2.36
//! accepted when they were run. `tests/differential/settings.py` compares this table with them.

use RejectedBy::{Both, Ignored, Service, V1, V2};
use Takes::{Account, Any, Block, Boolean, Integer, OneOf, OneOfAnyCase, Rate, Region, Role, Size, StartUrl, Url};

/// The values that a setting takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    Any,
    /// `true` or `false` in any letter case; anything else counts as false.
    Boolean,
    OneOf(&'static [&'static str]),
    OneOfAnyCase(&'static [&'static str]),
    /// From the first to the last.
    Integer(i64, i64),
    /// A number of bytes, with or without a unit.
    Size,
    /// A number of bytes a second.
    Rate,
    Region,
    Role,
    Account,
    StartUrl,
    Url,
    /// Indented settings.
    Block(&'static [KnownSetting]),
}

/// The reader that rejects any other value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RejectedBy {
    /// Both versions of the AWS CLI.
    Both,
    /// AWS CLI v1 and boto3 alone.
    V1,
    V2,
    /// The commands of one service, or the service itself.
    Service(&'static str),
    /// Nobody: the setting counts as if it were not there.
    Ignored,
}

#[derive(Clone, Copy, Debug)]
pub struct KnownSetting {
    pub key: &'static str,
    pub takes: Takes,
    pub rejected_by: RejectedBy,
}

const fn setting(key: &'static str, takes: Takes, rejected_by: RejectedBy) -> KnownSetting {
    KnownSetting { key, takes, rejected_by }
}

const fn any(key: &'static str) -> KnownSetting {
    setting(key, Any, Ignored)
}

const fn boolean(key: &'static str) -> KnownSetting {
    setting(key, Boolean, Ignored)
}

const ANY_INTEGER: Takes = Integer(i64::MIN, i64::MAX);
const POSITIVE: Takes = Integer(1, i64::MAX);
const REGIONAL: Takes = OneOf(&["legacy", "regional"]);
const CHECKSUM: Takes = OneOfAnyCase(&["when_supported", "when_required"]);
const AWS: RejectedBy = Service("AWS");
const S3: RejectedBy = Service("'aws s3'");

/// A setting with a value that AWS CLI v1 and boto3 accept, and AWS CLI v2 rejects.
pub const ONLY_IN_V1: (&str, &str) = ("retry_mode", "legacy");

pub const OF_PROFILES: &[KnownSetting] = &[
    setting("region", Region, Both),
    setting("output", OneOf(&["json", "text", "table", "yaml", "yaml-stream", "off"]), Both),
    any("aws_access_key_id"),
    any("aws_secret_access_key"),
    any("aws_session_token"),
    any("aws_security_token"),
    setting("aws_account_id", Account, AWS),
    setting("role_arn", Role, AWS),
    any("source_profile"),
    any("credential_source"),
    any("credential_process"),
    any("web_identity_token_file"),
    any("role_session_name"),
    any("external_id"),
    any("mfa_serial"),
    setting("duration_seconds", Integer(900, 43_200), AWS),
    any("login_session"),
    any("sso_session"),
    setting("sso_start_url", StartUrl, AWS),
    setting("sso_region", Region, Both),
    setting("sso_account_id", Account, AWS),
    any("sso_role_name"),
    any("services"),
    setting("endpoint_url", Url, Both),
    boolean("ignore_configured_endpoint_urls"),
    any("ca_bundle"),
    setting("retry_mode", OneOf(&["legacy", "standard", "adaptive"]), Both),
    setting("max_attempts", POSITIVE, Both),
    setting("defaults_mode", OneOfAnyCase(&["legacy", "auto", "standard", "in-region", "cross-region", "mobile"]), V1),
    setting("sts_regional_endpoints", OneOf(&["legacy", "regional", ""]), V1),
    setting("request_checksum_calculation", CHECKSUM, Both),
    setting("response_checksum_validation", CHECKSUM, Both),
    setting("account_id_endpoint_mode", OneOfAnyCase(&["preferred", "disabled", "required"]), Both),
    setting("ec2_metadata_service_endpoint_mode", OneOfAnyCase(&["ipv4", "ipv6"]), Both),
    setting("ec2_metadata_service_endpoint", Url, Both),
    boolean("ec2_metadata_v1_disabled"),
    boolean("imds_use_ipv6"),
    setting("metadata_service_timeout", ANY_INTEGER, Both),
    setting("metadata_service_num_attempts", ANY_INTEGER, Both),
    setting("request_min_compression_size_bytes", Integer(1, 1_048_576), Both),
    boolean("disable_request_compression"),
    boolean("use_dualstack_endpoint"),
    boolean("use_fips_endpoint"),
    boolean("disable_host_prefix_injection"),
    boolean("tcp_keepalive"),
    boolean("csm_enabled"),
    any("csm_host"),
    any("csm_port"),
    any("csm_client_id"),
    any("data_path"),
    any("parameter_validation"),
    any("sdk_ua_app_id"),
    any("sigv4a_signing_region_set"),
    any("auth_scheme_preference"),
    setting("endpoint_discovery_enabled", OneOfAnyCase(&["true", "false", "auto", ""]), Service("'aws dynamodb'")),
    setting("s3_us_east_1_regional_endpoint", REGIONAL, V1),
    boolean("s3_use_arn_region"),
    boolean("s3_disable_multiregion_access_points"),
    setting("s3_disable_express_session_auth", OneOfAnyCase(&["true", "false"]), Both),
    any("proxy_ca_bundle"),
    any("proxy_client_cert"),
    any("proxy_use_forwarding_for_https"),
    setting("api_versions", Block(&[]), V1),
    setting("s3", Block(OF_S3), Both),
    setting("cli_timestamp_format", OneOf(&["wire", "iso8601", "none"]), Both),
    setting("cli_binary_format", OneOf(&["base64", "raw-in-base64-out"]), V2),
    any("cli_pager"),
    any("cli_auto_prompt"),
    any("cli_history"),
    any("cli_follow_urlparam"),
    any("cli_error_format"),
    any("cli_help_output"),
];

/// The settings below `s3 =`.
const OF_S3: &[KnownSetting] = &[
    setting("addressing_style", OneOf(&["auto", "virtual", "path"]), Both),
    setting("us_east_1_regional_endpoint", REGIONAL, V1),
    boolean("use_accelerate_endpoint"),
    boolean("use_dualstack_endpoint"),
    boolean("payload_signing_enabled"),
    boolean("use_arn_region"),
    boolean("s3_disable_multiregion_access_points"),
    any("signature_version"),
    any("endpoint_url"),
    setting("max_concurrent_requests", POSITIVE, S3),
    setting("max_queue_size", POSITIVE, S3),
    setting("multipart_threshold", Size, S3),
    setting("multipart_chunksize", Size, S3),
    setting("io_chunksize", Size, S3),
    setting("max_bandwidth", Rate, S3),
    setting("target_bandwidth", Rate, S3),
    setting("disk_throughput", Rate, S3),
    setting("preferred_transfer_client", OneOf(&["auto", "classic", "default", "crt"]), S3),
    any("should_stream"),
    any("direct_io"),
];

/// The settings of an `[sso-session]`.
pub const OF_SESSIONS: &[KnownSetting] =
    &[setting("sso_start_url", StartUrl, AWS), setting("sso_region", Region, Both), any("sso_registration_scopes")];

pub fn find(known: &'static [KnownSetting], key: &str) -> Option<&'static KnownSetting> {
    known.iter().find(|setting| setting.key == key)
}

/// Whether a name has been given to a setting of a profile that belongs below `s3 =`.
pub fn is_of_s3(key: &str) -> bool {
    find(OF_S3, key).is_some() && find(OF_PROFILES, key).is_none()
}
