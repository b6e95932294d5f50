using System.Security.Claims;

namespace SmsCampaign.WebConsole.People;

/// <summary>Who is signed in, as the pages ask it.</summary>
public sealed class CurrentPerson(ClaimsPrincipal user)
{
    public string Id => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>The sign-in name.</summary>
    public string Name => user.FindFirstValue(ClaimTypes.Name) ?? "";

    /// <summary>Name and office.</summary>
    public string FullName => user.FindFirstValue(ClaimTypes.GivenName) ?? Name;

    public bool IsIn => user.Identity?.IsAuthenticated == true;

    public IReadOnlyList<Grant> Grants =>
        [.. user.FindAll(Grant.Claim).Select(claim => Grant.Read(claim.Value)).OfType<Grant>()];

    /// <param name="campaign">Null: something of no campaign.</param>
    public bool May(Right right, string? campaign = null) =>
        IsIn && Grants.Any(grant => grant.Allows(right, campaign));

    /// <summary>Whether they may look at every campaign.</summary>
    public bool SeesAll => IsIn && Grants.Any(grant => grant.Campaign is null && grant.Right != Right.Administer);

    /// <summary>Whether they may look at what is about no campaign: the process that sends, the disk, the installation
    /// file.</summary>
    public bool SeesServer => May(Right.See) || (IsIn && Grants.Any(grant => grant.Campaign is null));

    /// <summary>As whom the desks know them.</summary>
    public Who Who => Who.OnTheWeb(
        FullName, Name, user.FindFirstValue(OsAccount) is { Length: > 0 } account ? account : null);

    /// <summary>Type of the claim that holds the account of the operating system.</summary>
    public const string OsAccount = "sms-os-account";
}
