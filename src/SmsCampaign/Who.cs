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

    /// <summary>Account and machine as they are recorded beside the name: sms-campaign@server, with (sudo: an) behind
    /// it where another account asked for it.</summary>
    public string ByOs => $"{Account}@{Host}" + (Behind is null ? "" : $" (sudo: {Behind})");

    /// <summary>Whose account it is, beside the name that was given: who asked by sudo, else the account itself.
    /// Tells two persons apart.</summary>
    public Identity Identity => new(IdentityKind.Os, Behind ?? Account);

    /// <summary>Somebody at this process's terminal.</summary>
    /// <param name="person">Null: no name was given.</param>
    public static Who Here(string? person) => OsUser.Describe(person?.Trim() ?? "");
}
