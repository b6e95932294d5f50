using System.Security.Cryptography;
using System.Text.Json;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// Takes the hash that an approval binds: what went in, and what became of every row. Where the files lie and what they
/// are called does not matter.
/// </summary>
/// <remarks>
/// The rows' fate is in it, so that a change of prefix table, ported list or the program's own reading of numbers shows
/// wherever it changes anything, and nowhere else.
/// </remarks>
sealed class AudienceHash : IDisposable
{
    readonly RowHashes _rows = new();

    public void Add(int carrier, in MessageRow row) =>
        _rows.AddMessage(carrier, row.Number, row.Source, row.Line, row.Segment, row.Area, (int)row.Rule);

    public void Add(in ExclusionRow row) =>
        _rows.AddExclusion(row.Number ?? 0, row.Source, row.Line, row.Segment, (int)row.Reason);

    /// <summary>Of the rows alone: what the run's ledger must give again
    /// (<see cref="ImportedAudience.Rows"/>).</summary>
    public IReadOnlyDictionary<int, string> FinishRows() => _rows.Finish();

    /// <param name="rows">From <see cref="FinishRows"/>.</param>
    /// <param name="sources">Content hashes of the audience's files.</param>
    /// <param name="suppressions">Content hashes of the suppression files.</param>
    public static string Of(
        IReadOnlyDictionary<int, string> rows,
        IReadOnlyList<Segment> segments,
        IEnumerable<string> sources,
        IEnumerable<string> suppressions,
        IEnumerable<AudienceCarrier> carriers,
        IEnumerable<string> areas) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            Segments = segments.Select(segment => new
            {
                segment.Name,
                segment.Message,
                segment.Priority,
                Filter = segment.Filter.Select(filter => new
                {
                    Column = CellText.Canonical(filter.Column),
                    Values = filter.Values.Select(value => CellText.Canonical(value)).Order(StringComparer.Ordinal),
                }),
            }),
            Sources = sources,
            Suppressions = suppressions.Order(StringComparer.Ordinal),
            Carriers = carriers.Select(carrier => new { carrier.Name, carrier.Lane }),
            Areas = areas,
            Rows = rows.OrderBy(group => group.Key).Select(group => new { group.Key, group.Value }),
        })));

    public void Dispose() => _rows.Dispose();
}
