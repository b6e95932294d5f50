using System.Buffers.Binary;
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
    /// <summary>Bytes a row takes in the hash.</summary>
    const int RowLength = 24;

    readonly IncrementalHash _rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] _buffer = new byte[RowLength * 2048];
    int _length;

    public void Add(int carrier, in MessageRow row) =>
        Add(carrier, row.Number, row.Source, row.Line, row.Segment, row.Area, (int)row.Rule);

    public void Add(in ExclusionRow row) =>
        Add(0, row.Number ?? 0, row.Source, row.Line, row.Segment, 0, (int)row.Reason);

    /// <param name="sources">Content hashes of the audience's files.</param>
    /// <param name="suppressions">Content hashes of the suppression files.</param>
    public string Finish(
        IReadOnlyList<Segment> segments,
        IEnumerable<string> sources,
        IEnumerable<string> suppressions,
        IEnumerable<AudienceCarrier> carriers,
        IEnumerable<string> areas)
    {
        Flush();
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
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
            Rows = Convert.ToHexStringLower(_rows.GetHashAndReset()),
        })));
    }

    public void Dispose() => _rows.Dispose();

    void Add(int carrier, long number, int source, int line, int segment, int area, int rule)
    {
        if (_length == _buffer.Length)
            Flush();

        var row = _buffer.AsSpan(_length, RowLength);
        BinaryPrimitives.WriteInt64LittleEndian(row, number);
        BinaryPrimitives.WriteInt32LittleEndian(row[8..], line);
        BinaryPrimitives.WriteInt32LittleEndian(row[12..], area);
        BinaryPrimitives.WriteInt16LittleEndian(row[16..], (short)source);
        BinaryPrimitives.WriteInt16LittleEndian(row[18..], (short)segment);
        row[20] = (byte)carrier;
        row[21] = (byte)rule;
        _length += RowLength;
    }

    void Flush()
    {
        _rows.AppendData(_buffer, 0, _length);
        _length = 0;
    }
}
