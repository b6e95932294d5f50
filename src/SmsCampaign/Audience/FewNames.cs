using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The names of elements and attributes of a person's file, which an XML reader keeps for good: where each is another,
/// they would fill the machine.
/// </summary>
sealed class FewNames : XmlNameTable
{
    /// <summary>Most names of a part. A sheet has some hundred, with what programs add.</summary>
    const int Most = 10_000;

    readonly HashSet<string> _names = new(StringComparer.Ordinal);
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public FewNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public override string Add(char[] array, int offset, int length) => Add(array.AsSpan(offset, length));

    public override string Add(string array) => Add(array.AsSpan());

    public override string? Get(char[] array, int offset, int length) => Get(array.AsSpan(offset, length));

    public override string? Get(string array) => Get(array.AsSpan());

    string Add(ReadOnlySpan<char> name) => Get(name) ?? AddNew(name.ToString());

    string? Get(ReadOnlySpan<char> name) => name.IsEmpty ? "" : _lookup.TryGetValue(name, out var known) ? known : null;

    string AddNew(string name)
    {
        if (_names.Count == Most)
            throw new InvalidDataException("more names than any workbook's");

        _names.Add(name);
        return name;
    }
}
