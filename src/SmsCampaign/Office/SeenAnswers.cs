using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>What was withdrawn and refused when somebody looked, by number: by times nothing could be told where the
/// machine's clock is put back.</summary>
/// <param name="Revoked">Ids of approvals.</param>
/// <param name="Rejected">Ids of submissions.</param>
public sealed record SeenAnswers(IReadOnlySet<long> Revoked, IReadOnlySet<long> Rejected)
{
    const int MarkBytes = 8;

    /// <summary>A few letters that are other once something more of the campaign is withdrawn or refused: what a page
    /// keeps of what it showed.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        $"{string.Join(',', Revoked.Order())};{string.Join(',', Rejected.Order())}")))[..(2 * MarkBytes)];

    /// <param name="campaign">Its code.</param>
    /// <exception cref="LedgerException">The registry cannot be read.</exception>
    public static SeenAnswers Read(DataFolder data, string campaign) => Read(data, of => of == campaign);

    /// <summary>Of all campaigns.</summary>
    internal static SeenAnswers Read(DataFolder data) => Read(data, _ => true);

    static SeenAnswers Read(DataFolder data, Func<string, bool> isMeant)
    {
        var registry = Ledgers.FindRegistry(data);
        return new SeenAnswers(
            (registry?.ReadApprovals() ?? [])
                .Where(approval => approval.RevokedBy is not null && isMeant(approval.Campaign))
                .Select(approval => approval.Id)
                .ToHashSet(),
            (registry?.Submissions.Read() ?? [])
                .Where(submission => submission.Rejected is not null && isMeant(submission.Campaign))
                .Select(submission => submission.Id)
                .ToHashSet());
    }
}
