namespace SmsCampaign;

/// <summary>Who answers for something: the name a person gave, and the account and the machine
/// it was asked from.</summary>
/// <param name="Person">Name and office, as given; empty where none was. Whatever needs one refuses it.</param>
/// <param name="Account">Of the operating system, or of whatever else let the person in.</param>
/// <param name="Host">The machine's name.</param>
public sealed record Who(string Person, string Account, string Host)
{
    /// <summary>The account that asked for it by sudo; null where none did.</summary>
    public string? Behind { get; init; }

    /// <summary>Whether a name was given.</summary>
    public bool IsNamed => !string.IsNullOrWhiteSpace(Person);

    /// <summary>By the name of the account where none was given: for what is recorded and refuses nobody.</summary>
    public Who OrAccount => IsNamed ? this : this with { Person = Behind ?? Account };

    /// <summary>As <see cref="ByOs"/>, behind the name. (What a record makes of itself would print
    /// <see cref="OrAccount"/> without end.)</summary>
    public override string ToString() => $"{Person} ({ByOs})".TrimStart();

    /// <summary>Account and machine as they are recorded beside the name: sms-campaign@server, with (sudo: an) behind
    /// it where another account asked for it.</summary>
    public string ByOs => $"{Account}@{Host}" + (Behind is null ? "" : $" (sudo: {Behind})");

    /// <summary>Before the account of somebody whom the web pages let in: no account of the operating system has a
    /// colon in its name (passwd(5)), and none of Windows (its names exclude it).</summary>
    const string WebPrefix = "web:";

    /// <summary>Of somebody whom the web pages let in, their account of the operating system on this machine; null
    /// where none is known. Kept by nobody but in <see cref="Identity"/>.</summary>
    public string? OsAccount { get; init; }

    /// <summary>Whose account it is, beside the name that was given: who asked by sudo, else the account itself.
    /// Tells two persons apart.</summary>
    public Identity Identity =>
        !IsOnTheWeb ? new(IdentityKind.Os, Behind ?? Account)
        : OsAccount is { } os ? new(IdentityKind.Os, os)
        : new(IdentityKind.Web, Account[WebPrefix.Length..]);

    /// <summary>Whether the web pages let them in, by an account that nobody shares.</summary>
    public bool IsOnTheWeb => Account.StartsWith(WebPrefix, StringComparison.Ordinal);

    /// <summary>Somebody whom the web pages of this machine let in.</summary>
    /// <param name="account">Under which they sign in.</param>
    /// <param name="osAccount">As of <see cref="OsAccount"/>.</param>
    public static Who OnTheWeb(string person, string account, string? osAccount) =>
        new(person, WebPrefix + account, Here(null).Host) { OsAccount = osAccount };

    /// <summary>Somebody at this process's terminal.</summary>
    /// <param name="person">Null: no name was given.</param>
    public static Who Here(string? person) => OsUser.Describe(person?.Trim() ?? "");
}
