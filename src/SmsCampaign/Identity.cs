namespace SmsCampaign;

/// <summary>What let a person in. Stored by name in lower case: never rename one.</summary>
public enum IdentityKind
{
    /// <summary>An account of the operating system.</summary>
    Os,

    /// <summary>An account of the web pages.</summary>
    Web,
}

/// <summary>An account that stands for one person.</summary>
/// <param name="Account">Its name where it is kept.</param>
public sealed record Identity(IdentityKind Kind, string Account)
{
    /// <summary>Whether both are one person's, or may be. Accounts that differ in case alone, or are on two machines,
    /// are taken for one: who has both approves nothing of their own. So are an account of the pages and one of the
    /// operating system, where nobody has said whose is whose.</summary>
    public bool IsSameAs(Identity other) =>
        Kind != other.Kind || string.Equals(Account, other.Account, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether both are one account beyond doubt: what is one's own to take back. Accounts of the operating
    /// system that differ in case alone are two, and may be two persons'.</summary>
    public bool IsSurely(Identity other) => this == other;

    /// <summary>As <c>os</c>, <c>web</c>.</summary>
    public string KindWord => WordOf(Kind);

    /// <returns>Null where no account stands there, or no program up to this one has written such a kind: whose it is
    /// is not known.</returns>
    public static Identity? Read(string kind, string account) =>
        account.Length == 0 ? null
        : kind == WordOf(IdentityKind.Os) ? new Identity(IdentityKind.Os, account)
        : kind == WordOf(IdentityKind.Web) ? new Identity(IdentityKind.Web, account)
        : null;

    static string WordOf(IdentityKind kind) => kind.ToString().ToLowerInvariant();
}
