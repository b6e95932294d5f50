namespace SmsCampaign.WebConsole.SignIn;

/// <summary>By what somebody signs in, as the log has it.</summary>
static class SignInWay
{
    public const string PasswordAndCode = "password and code";

    public const string Passkey = "passkey";

    public const string OpenId = "the identity provider";

    /// <summary>That of a demonstration.</summary>
    public const string OneTimeLink = "a link that is good once";
}
