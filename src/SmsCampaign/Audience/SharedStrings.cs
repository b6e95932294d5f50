using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Xml;

namespace SmsCampaign.Audience;

/// <summary>
/// The texts that the cells of a workbook share, read no further than a cell asks for and kept as UTF-8: half the room of
/// strings, and nothing on disk.
/// </summary>
sealed class SharedStrings(WorkbookParts parts, string? part) : IDisposable
{
    /// <summary>Bytes of a block. No text of a cell is near it: 32,767 characters at most ("Excel specifications and limits").</summary>
    const int BlockLength = 1 << 20;

    const int LengthPrefix = sizeof(int);

    readonly List<byte[]> _blocks = [];

    /// <summary>Where each text begins: block and place in it.</summary>
    readonly List<long> _starts = [];
    readonly StringBuilder _text = new();
    int _used = BlockLength;
    XmlReader? _xml;
    bool _ended = part is null;

    /// <summary>Writes a text behind what the buffer holds.</summary>
    /// <exception cref="InvalidDataException">There is no such text.</exception>
    public void Append(int index, CharBuffer buffer)
    {
        while (_starts.Count <= index && !_ended)
            ReadNext();

        if (index < 0 || index >= _starts.Count)
            throw new InvalidDataException("a cell's text is missing");

        var (block, at) = ((int)(_starts[index] / BlockLength), (int)(_starts[index] % BlockLength));
        var length = BinaryPrimitives.ReadInt32LittleEndian(_blocks[block].AsSpan(at));
        buffer.Append(_blocks[block].AsSpan(at + LengthPrefix, length));
    }

    public void Dispose() => _xml?.Dispose();

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
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when inText:
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
        for (var at = start; at + 6 < text.Length; at++)
        {
            if (text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
                && int.TryParse(text.ToString(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text[at] = (char)code;
                text.Remove(at + 1, 6);
            }
        }
    }

    void Keep()
    {
        var text = _text.ToString();
        var length = Encoding.UTF8.GetByteCount(text);
        if (LengthPrefix + length > BlockLength)
            throw new InvalidDataException("a text is longer than any cell's");

        if (_used + LengthPrefix + length > BlockLength)
        {
            _blocks.Add(new byte[BlockLength]);
            _used = 0;
        }

        var room = _blocks[^1].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        Encoding.UTF8.GetBytes(text, room[LengthPrefix..]);
        _starts.Add((long)(_blocks.Count - 1) * BlockLength + _used);
        _used += LengthPrefix + length;
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
