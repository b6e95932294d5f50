using System.Runtime.InteropServices;
using System.Xml;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// An answer of the service CcApi, taken apart: the fields of its "return", the entries of
/// the list in it, or its fault.
/// </summary>
sealed class ViettelAnswer
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    readonly Dictionary<string, string> _fields = [];
    readonly List<Dictionary<string, string>> _entries = [];

    ViettelAnswer()
    {
    }

    /// <summary>The fault's words; null where it is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>The entries of responseMt, details or result, in their order.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Entries => _entries;

    public string? Field(string name) => _fields.GetValueOrDefault(name);

    /// <returns>Null where the body is no such answer. Never throws, whatever came.</returns>
    public static ViettelAnswer? Read(ReadOnlyMemory<byte> body)
    {
        var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Settings);
            return Read(reader);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException)
        {
            // the last two: an encoding of another age
            return null;
        }
    }

    static ViettelAnswer? Read(XmlReader reader)
    {
        var answer = new ViettelAnswer();
        var returns = 0;

        // To its end: what is cut off is no answer.
        reader.Read();
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "return" })
            {
                returns++;
                ReadElement(reader, answer._fields, answer._entries);
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "faultstring" })
            {
                answer.Fault = ReadText(reader);
            }
            else
            {
                reader.Read();
            }
        }

        return returns == 1 == (answer.Fault is null) && returns <= 1 ? answer : null;
    }

    /// <summary>Reads what is in an element and goes past it.</summary>
    /// <param name="entries">Gets those of its elements that hold several values; null where none do.</param>
    static void ReadElement(
        XmlReader reader, Dictionary<string, string> fields, List<Dictionary<string, string>>? entries)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
            }
            else if (entries is not null
                && (reader.LocalName is "responseMt" or "details" || reader.GetAttribute("receiver") is not null))
            {
                var entry = new Dictionary<string, string>();
                entries.Add(entry);
                foreach (var attribute in new[] { "receiver", "message" })
                {
                    if (reader.GetAttribute(attribute) is { } value)
                        entry[attribute] = value.Trim();
                }

                ReadElement(reader, entry, entries: null);
            }
            else
            {
                var name = reader.LocalName;
                if (!fields.TryAdd(name, ReadText(reader)))
                    throw new XmlException("a field twice");
            }
        }

        reader.Read();
    }

    /// <summary>Reads the text of an element and goes past it.</summary>
    static string ReadText(XmlReader reader)
    {
        var text = "";
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Depth == depth + 1)
                    text += reader.Value;
            }
        }

        reader.Read();
        return text.Trim();
    }
}
