using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmsCampaign.Audience;

/// <summary>
/// Hashes the rows of an audience in the order in which a run's ledger keeps them: each carrier's messages by
/// themselves, and the exclusions. So the ledger's own rows give the same hashes again, carrier by carrier.
/// </summary>
sealed class RowHashes : IDisposable
{
    /// <summary>The group of the exclusions; a carrier's is its id.</summary>
    public const int Exclusions = 0;

    /// <summary>Bytes a row takes in the hash.</summary>
    const int RowLength = 24;

    readonly SortedDictionary<int, Group> _groups = [];
    Group? _last;

    public void AddMessage(int carrier, long number, int source, int line, int segment, int area, int rule) =>
        Add(carrier, number, source, line, segment, area, rule);

    public void AddExclusion(long number, int source, int line, int segment, int reason) =>
        Add(Exclusions, number, source, line, segment, 0, reason);

    /// <summary>SHA-256 in lower-case hexadecimal, by carrier id; <see cref="Exclusions"/> for those. A group
    /// without rows has none.</summary>
    public IReadOnlyDictionary<int, string> Finish() =>
        _groups.ToDictionary(group => group.Key, group => group.Value.Finish());

    public void Dispose()
    {
        foreach (var group in _groups.Values)
            group.Dispose();
    }

    void Add(int id, long number, int source, int line, int segment, int area, int rule)
    {
        var group = _last is { } last && last.Id == id ? last : _last = GroupOf(id);
        var row = group.NextRow();
        BinaryPrimitives.WriteInt64LittleEndian(row, number);
        BinaryPrimitives.WriteInt32LittleEndian(row[8..], line);
        BinaryPrimitives.WriteInt32LittleEndian(row[12..], area);
        BinaryPrimitives.WriteInt16LittleEndian(row[16..], (short)source);
        BinaryPrimitives.WriteInt16LittleEndian(row[18..], (short)segment);
        BinaryPrimitives.WriteInt16LittleEndian(row[20..], (short)rule);
    }

    Group GroupOf(int id)
    {
        if (!_groups.TryGetValue(id, out var group))
            _groups.Add(id, group = new Group(id));
        return group;
    }

    sealed class Group(int id) : IDisposable
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        readonly byte[] _buffer = new byte[RowLength * 512];
        int _length;

        public int Id => id;

        public Span<byte> NextRow()
        {
            if (_length == _buffer.Length)
                Flush();

            _length += RowLength;
            return _buffer.AsSpan(_length - RowLength, RowLength);
        }

        public string Finish()
        {
            Flush();
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public void Dispose() => _hash.Dispose();

        void Flush()
        {
            _hash.AppendData(_buffer, 0, _length);
            _length = 0;
        }
    }
}
