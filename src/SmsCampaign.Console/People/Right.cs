namespace SmsCampaign.WebConsole.People;

/// <summary>What somebody may do on the pages. Stored by name: never rename one.</summary>
public enum Right
{
    /// <summary>Soạn thảo: edits campaigns and lists, submits.</summary>
    Draft,

    /// <summary>Phê duyệt: approves, refuses, revokes.</summary>
    Approve,

    /// <summary>Vận hành: pauses, lets go on, extends, cancels, settles.</summary>
    Operate,

    /// <summary>Xem: looks at everything but numbers in full.</summary>
    See,

    /// <summary>Quản trị: who may do what.</summary>
    Administer,
}

/// <summary>A right, of every campaign or of one.</summary>
/// <param name="Campaign">Null: of every campaign.</param>
public sealed record Grant(Right Right, string? Campaign)
{
    /// <summary>Type of the claim it is kept and carried as. Stored: never rename.</summary>
    public const string Claim = "sms-right";

    /// <summary>By the words that a command takes.</summary>
    public static readonly IReadOnlyDictionary<string, Right> Words = new Dictionary<string, Right>
    {
        ["soan-thao"] = Right.Draft,
        ["phe-duyet"] = Right.Approve,
        ["van-hanh"] = Right.Operate,
        ["xem"] = Right.See,
        ["quan-tri"] = Right.Administer,
    };

    public static Wording WordsOf(Right right) => right switch
    {
        Right.Draft => new("soạn thảo", "draft"),
        Right.Approve => new("phê duyệt", "approve"),
        Right.Operate => new("vận hành", "operate"),
        Right.See => new("xem", "see"),
        Right.Administer => new("quản trị", "administer"),
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, null),
    };

    /// <summary>As it is stored: "Approve", "Operate@dak-lak-2025".</summary>
    public string ToText() => Campaign is null ? $"{Right}" : $"{Right}@{Campaign}";

    /// <returns>Null where no program up to this one has written such a right: nobody has it.</returns>
    public static Grant? Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        return Enum.TryParse<Right>(name, out var right) && Enum.GetName(right) == name
            ? new Grant(right, at < 0 ? null : text[(at + 1)..])
            : null;
    }

    /// <summary>Of a word that a command takes, such as <c>phe-duyet</c> or <c>van-hanh@dak-lak-2025</c>.</summary>
    /// <returns>Null where it is none.</returns>
    public static Grant? ReadWord(string word)
    {
        var at = word.IndexOf('@', StringComparison.Ordinal);
        var campaign = at < 0 ? null : word[(at + 1)..];
        return campaign?.Length != 0 && Words.TryGetValue(at < 0 ? word : word[..at], out var right)
            ? new Grant(right, campaign)
            : null;
    }

    /// <summary>Whether it lets somebody do that. Whoever may do something with a campaign may look at it.</summary>
    /// <param name="campaign">Null: something that is of no campaign.</param>
    public bool Allows(Right right, string? campaign) =>
        (Right == right || (right == Right.See && Right != Right.Administer))
        && (Campaign is null || Campaign == campaign || (right == Right.See && campaign is null));
}
