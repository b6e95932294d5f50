using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace SmsCampaign.Carriers;

/// <summary>
/// Finds the words in an answer by which a gateway tells a person what is wrong, whatever its form:
/// nothing is decided by them.
/// </summary>
static class GatewaySpeech
{
    /// <summary>Characters kept.</summary>
    const int Longest = 100;

    /// <summary>Levels of an answer looked into.</summary>
    const int Deepest = 6;

    static readonly string[] Names = ["message", "desc", "error", "reason", "detail", "msg", "title", "faultstring"];

    /// <returns>One line; null where there are none.</returns>
    public static string? In(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;

        var text = GatewayText.Read(body).Trim();
        var found = text.StartsWith('{') || text.StartsWith('[') ? InJson(body)
            : text.StartsWith('<') ? InXml(text)
            : [text];
        return found.Select(Clean).Where(AreWords).MaxBy(words => words.Length) is { } best ? Cut(best) : null;
    }

    static List<string> InJson(ReadOnlyMemory<byte> body)
    {
        var found = new List<string>();
        try
        {
            using var json = GatewayJson.Parse(body);
            Look(json.RootElement, isNamed: false, Deepest);
        }
        catch (Exception senseless) when (senseless is JsonException or InvalidOperationException)
        {
        }

        return found;

        void Look(JsonElement element, bool isNamed, int levels)
        {
            if (element.ValueKind == JsonValueKind.String && isNamed)
                found.Add(element.GetString()!);
            else if (levels > 0 && element.ValueKind == JsonValueKind.Object)
                element.EnumerateObject().ToList().ForEach(field => Look(field.Value, IsNamed(field.Name), levels - 1));
            else if (levels > 0 && element.ValueKind == JsonValueKind.Array)
                element.EnumerateArray().ToList().ForEach(each => Look(each, isNamed, levels - 1));
        }
    }

    static List<string> InXml(string text)
    {
        var found = new List<string>();
        try
        {
            using var xml = XmlReader.Create(
                new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var name = "";
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element)
                    name = xml.LocalName;
                else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && IsNamed(name))
                    found.Add(xml.Value);
            }
        }
        catch (XmlException)
        {
            // A page for people, or half an answer.
        }

        return found;
    }

    static bool IsNamed(string name) => Names.Any(each => name.Contains(each, StringComparison.OrdinalIgnoreCase));

    /// <summary>Letters, and not a single code.</summary>
    static bool AreWords(string text) => text.Contains(' ', StringComparison.Ordinal) && text.Any(char.IsLetter);

    /// <summary>On one line, without what moves a cursor or turns the direction of text.</summary>
    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator))
                clean.Append(rune.Value == ' ' && clean.Length > 0 && clean[^1] == ' ' ? "" : rune.ToString());
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }

        return clean.Replace("“", "\"").Replace("”", "\"").ToString().Trim();
    }

    static string Cut(string text) => text.Length <= Longest
        ? text
        : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)].TrimEnd() + "…";
}
