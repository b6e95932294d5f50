using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The texts that the cells of a workbook share, read no further than a cell asks for and kept as UTF-8: half the room
/// of strings, and nothing on disk.
/// </summary>
sealed class SharedStrings(WorkbookParts parts, string? part, int mostBlocks = SharedStrings.MostBlocks) : IDisposable
{
    /// <summary>Bytes of a block. No text of a cell is near it: 32,767 characters at most ("Excel
    /// specifications and limits").</summary>
    const int BlockLength = 1 << 18;

    /// <summary>Texts from one whose place is kept to the next: those between are found by walking.</summary>
    const int Stride = 16;

    /// <summary>Most blocks, 512 MB: a full sheet with eight texts of its own a row has half of it.</summary>
    const int MostBlocks = 2048;

    readonly List<byte[]> _blocks = [];

    /// <summary>Bytes used of each block.</summary>
    readonly List<int> _ends = [];

    /// <summary>Where every <see cref="Stride"/>th text begins.</summary>
    readonly List<(int Block, int At)> _starts = [];
    readonly StringBuilder _text = new();
    char[] _letters = [];
    byte[] _bytes = [];
    int _count;
    XmlReader? _xml;
    bool _ended = part is null;

    /// <summary>Writes a text behind what the buffer holds.</summary>
    /// <exception cref="InvalidDataException">There is no such text.</exception>
    public void Append(int index, CharBuffer buffer)
    {
        while (_count <= index && !_ended)
            ReadNext();

        if (index < 0 || index >= _count)
            throw new InvalidDataException("a cell's text is missing");

        var (block, at) = _starts[index / Stride];
        for (var left = index % Stride; left > 0; left--)
        {
            var (prefix, length) = LengthAt(block, at);
            at += prefix + length;
            if (at == _ends[block])
                (block, at) = (block + 1, 0);
        }

        var (start, wanted) = LengthAt(block, at);
        buffer.Append(_blocks[block].AsSpan(at + start, wanted));
    }

    public void Dispose() => _xml?.Dispose();

    /// <summary>The length stands in one byte, or, of a long text, in three behind a full one.</summary>
    (int Prefix, int Length) LengthAt(int block, int at)
    {
        var bytes = _blocks[block].AsSpan(at);
        return bytes[0] < byte.MaxValue ? (1, bytes[0]) : (4, bytes[1] | (bytes[2] << 8) | (bytes[3] << 16));
    }

    void ReadNext()
    {
        _xml ??= parts.OpenXml(part!);
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "si")
            {
                _text.Clear();
                ReadRichText(_xml, _text);
                Keep();
                return;
            }
        }

        _ended = true;
    }

    /// <summary>All text of the element that the reader is at, without how it is to be pronounced (rPh).</summary>
    public static void ReadRichText(XmlReader xml, StringBuilder text)
    {
        if (xml.IsEmptyElement)
            return;

        var (depth, inText) = (xml.Depth, false);
        var start = text.Length;
        while (xml.Read() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    SkipContent(xml);
                    break;
                case XmlNodeType.Element:
                    inText = xml.LocalName == "t" && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    inText = false;
                    break;
                case XmlNodeType.Text
                    or XmlNodeType.CDATA
                    or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace when inText:
                    if (text.Length > BlockLength)
                        throw new InvalidDataException("a text is longer than any cell's");
                    text.Append(xml.Value);
                    break;
            }
        }

        Unescape(text, start);
    }

    /// <summary>Reads to the element's end tag.</summary>
    static void SkipContent(XmlReader xml)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
            return;

        while (xml.Read() && xml.Depth > depth)
        {
        }
    }

    /// <summary>ECMA-376 part 1, 22.9.2.19: _x000D_ stands for a character that XML cannot hold.</summary>
    static void Unescape(StringBuilder text, int start)
    {
        var escaped = text.ToString(start, text.Length - start);
        if (!escaped.Contains("_x", StringComparison.Ordinal))
            return;

        text.Length = start;
        for (var at = 0; at < escaped.Length; at++)
        {
            if (at + 6 < escaped.Length && escaped[at] == '_' && escaped[at + 1] == 'x' && escaped[at + 6] == '_'
                && int.TryParse(
                    escaped.AsSpan(at + 2, 4),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var code))
            {
                text.Append((char)code);
                at += 6;
            }
            else
            {
                text.Append(escaped[at]);
            }
        }
    }

    void Keep()
    {
        var length = Encode();
        var prefix = length < byte.MaxValue ? 1 : 4;
        if (prefix + length > BlockLength)
            throw new InvalidDataException("a text is longer than any cell's");

        if (_blocks.Count == 0 || _ends[^1] + prefix + length > BlockLength)
        {
            if (_blocks.Count == mostBlocks)
                throw WorkbookParts.Bomb();
            _blocks.Add(new byte[BlockLength]);
            _ends.Add(0);
        }

        if (_count++ % Stride == 0)
            _starts.Add((_blocks.Count - 1, _ends[^1]));
        var room = _blocks[^1].AsSpan(_ends[^1]);
        if (prefix == 1)
            room[0] = (byte)length;
        else
            BinaryPrimitives.WriteUInt32LittleEndian(room, byte.MaxValue | ((uint)length << 8));
        _bytes.AsSpan(0, length).CopyTo(room[prefix..]);

        _ends[^1] += prefix + length;
    }

    /// <returns>Bytes of the text in <see cref="_bytes"/>.</returns>
    int Encode()
    {
        if (_letters.Length < _text.Length)
            (_letters, _bytes) = (new char[_text.Length], new byte[Encoding.UTF8.GetMaxByteCount(_text.Length)]);

        _text.CopyTo(0, _letters, _text.Length);
        return Encoding.UTF8.GetBytes(_letters.AsSpan(0, _text.Length), _bytes);
    }
}

/// <summary>
/// Characters one after the other, for the cells of a row.
/// </summary>
sealed class CharBuffer
{
    /// <summary>Most characters of a row: 16,384 cells of 32,767 would be half a thousand million.</summary>
    const int Most = 4 * 1024 * 1024;

    char[] _chars = new char[4096];

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public ReadOnlySpan<char> Span(int start, int length) => _chars.AsSpan(start, length);

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    /// <param name="text">UTF-8.</param>
    public void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        Length += Encoding.UTF8.GetChars(text, _chars.AsSpan(Length));
    }

    /// <summary>The text of the node that the reader is at.</summary>
    public void Append(XmlReader xml)
    {
        while (true)
        {
            Reserve(64);
            var read = xml.ReadValueChunk(_chars, Length, _chars.Length - Length);
            if (read == 0)
                return;
            Length += read;
        }
    }

    void Reserve(int more)
    {
        if (Length + more <= _chars.Length)
            return;

        if (Length + more > Most)
            throw new InvalidDataException("a row is longer than any table's");
        Array.Resize(ref _chars, Math.Max(_chars.Length * 2, Length + more));
    }
}
