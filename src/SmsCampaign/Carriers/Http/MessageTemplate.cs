using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmsCampaign.Orthography;

namespace SmsCampaign.Carriers.Http;

/// <summary>What a placeholder in a template stands for.</summary>
enum Slot
{
    Reference,
    To,
    ToLocal,
    ToPlus,
    Sender,
    Text,
    Encoding,
    Parts,

    /// <summary>The list of messages; only in the body of a call that carries a list.</summary>
    Items,

    /// <summary>The carrier's id for the message; only in an inquiry.</summary>
    Id,
}

/// <summary>
/// A text or a JSON value with placeholders, taken apart once so that filling it in only copies bytes.
/// </summary>
sealed partial class MessageTemplate
{
    // Vietnamese letters stay as they are: half the bytes of \u escapes, and as much JSON (RFC 8259, 7).
    static readonly JavaScriptEncoder Relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    readonly List<Segment> _segments = [];
    readonly StringBuilder _literal = new();
    readonly List<Wording> _faults = [];

    MessageTemplate()
    {
    }

    /// <summary>Placeholders that do not exist or stand where they cannot.</summary>
    public IReadOnlyList<Wording> Faults => _faults;

    public IEnumerable<Slot> Slots =>
        _segments.Where(segment => segment.Slot is not null).Select(segment => segment.Slot!.Value);

    public static MessageTemplate OfJson(JsonElement value)
    {
        var template = new MessageTemplate();
        template.Add(value);
        template.EndLiteral();
        return template;
    }

    public static MessageTemplate OfText(string text)
    {
        var template = new MessageTemplate();
        template.AddText(text, literal => literal);
        template.EndLiteral();
        return template;
    }

    /// <summary>Writes JSON.</summary>
    /// <param name="all">One at least. Outside the list placeholders are filled from the first.</param>
    /// <param name="item">Written for each in the place of <see cref="Slot.Items"/>.</param>
    /// <param name="writeValue">Writes the value of a placeholder, escaped for a JSON string.</param>
    public void WriteJson<T>(
        ArrayBufferWriter<byte> to,
        IReadOnlyList<T> all,
        MessageTemplate? item,
        Action<ArrayBufferWriter<byte>, T, Slot> writeValue)
    {
        foreach (var segment in _segments)
        {
            if (segment.Slot is not { } slot)
                to.Write(segment.Bytes);
            else if (slot == Slot.Items)
                WriteItems(to, all, item!, writeValue);
            else
                writeValue(to, all[0], slot);
        }
    }

    static void WriteItems<T>(
        ArrayBufferWriter<byte> to,
        IReadOnlyList<T> all,
        MessageTemplate item,
        Action<ArrayBufferWriter<byte>, T, Slot> writeValue)
    {
        to.Write("["u8);
        for (var at = 0; at < all.Count; at++)
        {
            if (at > 0)
                to.Write(","u8);

            foreach (var segment in item._segments)
            {
                if (segment.Slot is { } slot)
                    writeValue(to, all[at], slot);
                else
                    to.Write(segment.Bytes);
            }
        }

        to.Write("]"u8);
    }

    /// <summary>Fills in a text.</summary>
    public string Fill(Func<Slot, string> valueOf) =>
        string.Concat(_segments.Select(
            segment => segment.Slot is { } slot ? valueOf(slot) : Encoding.UTF8.GetString(segment.Bytes)));

    public static JsonEncodedText Escape(string value) => JsonEncodedText.Encode(value, Relaxed);

    void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AddAll('{', value.EnumerateObject(), '}', member =>
                {
                    _literal.Append('"').Append(Escape(member.Name).Value).Append("\":");
                    Add(member.Value);
                });
                break;
            case JsonValueKind.Array:
                AddAll('[', value.EnumerateArray(), ']', Add);
                break;
            case JsonValueKind.String:
                AddString(value.GetString()!);
                break;
            default:
                _literal.Append(value.GetRawText());
                break;
        }
    }

    void AddAll<T>(char open, IEnumerable<T> values, char close, Action<T> add)
    {
        _literal.Append(open);
        var first = true;
        foreach (var value in values)
        {
            if (!first)
                _literal.Append(',');

            first = false;
            add(value);
        }

        _literal.Append(close);
    }

    void AddString(string text)
    {
        // Standing alone, these become a list or a number instead of a text.
        var bare = text switch
        {
            "{items}" => Slot.Items,
            "{parts:number}" => Slot.Parts,
            "{to:number}" => Slot.To,
            _ => (Slot?)null,
        };
        if (bare is { } slot)
        {
            AddSlot(slot);
            return;
        }

        _literal.Append('"');
        AddText(text, literal => Escape(literal).Value);
        _literal.Append('"');
    }

    void AddText(string text, Func<string, string> escape)
    {
        // A phone gets the approved text and nothing else: what stood around it would be neither counted nor approved.
        if (text != "{text}" && Placeholder().Matches(text).Any(match => match.Value == "{text}"))
        {
            _faults.Add(new Wording(
                "{text} phải đứng một mình trong nháy kép: chữ thêm vào trước hay sau sẽ tới máy người nhận mà không "
                    + "được phê duyệt và không được đếm.",
                "{text} must stand alone between the quotation marks: words before or after it would reach the phones "
                    + "neither approved nor counted."));
        }

        var from = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            _literal.Append(escape(text[from..match.Index]));
            from = match.Index + match.Length;

            if (match.Value is "{{" or "}}")
                _literal.Append(match.Value[0]);
            else if (Enum.GetNames<Slot>().FirstOrDefault(name =>
                KeyOf(name) == match.Groups["name"].Value) is { } known
                && known != nameof(Slot.Items))
                AddSlot(Enum.Parse<Slot>(known));
            else
                _faults.Add(Unknown(match.Value));
        }

        _literal.Append(escape(text[from..]));
    }

    static Wording Unknown(string written)
    {
        if (written is "{items}" or "{parts:number}" or "{to:number}")
        {
            return new Wording(
                $"{written} phải đứng một mình trong nháy kép của phần body hoặc item.",
                $"{written} must stand alone between the quotation marks, in body or item.");
        }

        var meant = Spelling.Nearest(written, Enum.GetNames<Slot>().Select(name => $"{{{KeyOf(name)}}}"));
        return new Wording(
            $"Không có chỗ điền {written}." + (meant is null ? "" : $" Có phải là {meant} không?"),
            $"There is no placeholder {written}." + (meant is null ? "" : $" Did you mean {meant}?"));
    }

    static string KeyOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    void AddSlot(Slot slot)
    {
        EndLiteral();
        _segments.Add(new Segment([], slot));
    }

    void EndLiteral()
    {
        if (_literal.Length > 0)
            _segments.Add(new Segment(Encoding.UTF8.GetBytes(_literal.ToString()), null));

        _literal.Clear();
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[A-Za-z0-9:]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    readonly record struct Segment(byte[] Bytes, Slot? Slot);
}
