using Microsoft.AspNetCore.Http;

namespace SmsCampaign.WebConsole.People;

/// <summary>Roles as a form names them: one is ticked, and stands for every campaign, or for those whose ids are
/// written beside it.</summary>
public static class RoleForm
{
    /// <summary>Name of the boxes.</summary>
    public const string Ticked = "role";

    /// <summary>Name of the field of the campaigns of a right.</summary>
    public static string CampaignsOf(Right right) => $"of-{right}";

    /// <param name="problems">Is told what is wrong.</param>
    public static IReadOnlyList<Grant> Read(IFormCollection form, List<Wording> problems)
    {
        var ticked = form[Ticked].ToHashSet();
        var grants = new List<Grant>();
        foreach (var right in Enum.GetValues<Right>())
        {
            var campaigns = $"{form[CampaignsOf(right)]}".Split(
                [',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (ticked.Contains($"{right}"))
                grants.AddRange(campaigns.Length == 0 || right == Right.Administer
                    ? [new Grant(right, null)]
                    : campaigns.Distinct().Select(campaign => new Grant(right, campaign)));
            else if (campaigns.Length > 0)
                problems.Add(new Wording(
                    $"Đã ghi chiến dịch cho vai trò {Grant.WordsOf(right)} mà chưa đánh dấu vai trò ấy.",
                    $"Campaigns are written beside the role '{Grant.WordsOf(right)}', which is not ticked."));
        }

        return grants;
    }

    /// <summary>What the field of a right holds for somebody with such grants; null where the right is of every
    /// campaign or none.</summary>
    public static string? CampaignsIn(IReadOnlyList<Grant> grants, Right right) =>
        grants.Any(grant => grant.Right == right && grant.Campaign is null)
            ? null
            : string.Join(", ", grants.Where(grant => grant.Right == right).Select(grant => grant.Campaign));

    /// <summary>All of them, in an order of its own: to tell whether they have changed.</summary>
    public static string MarkOf(IReadOnlyList<Grant> grants) =>
        string.Join(' ', grants.Select(grant => grant.ToText()).Order(StringComparer.Ordinal));
}
