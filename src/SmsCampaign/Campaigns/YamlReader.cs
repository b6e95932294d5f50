using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads the part of YAML that a campaign file needs: maps, lists and scalars. What makes YAML dangerous or surprising
/// (aliases, tags, merge keys, several documents, deep nesting) is refused, each by its place.
/// </summary>
/// <remarks>One reader reads one piece of text once.</remarks>
sealed class YamlReader
{
    /// <summary>A campaign file needs 5 levels.</summary>
    public const int DeepestLevel = 20;

    readonly string _text;
    readonly YamlSource _source;
    readonly ProblemList _problems;
    readonly Parser _parser;
    bool _cutShort;

    public YamlReader(string text, YamlSource source, ProblemList problems)
    {
        _text = text;
        _source = source;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>What was wrong with the YAML itself, where reading had to stop; null where it could be read.</summary>
    public YamlException? Failure { get; private set; }

    /// <returns>Null where there is nothing in the text but comments, or nothing could be read.</returns>
    public YamlNode? Read()
    {
        YamlNode? root = null;
        while (Next() is { } parsed)
        {
            if (parsed is DocumentStart && root is not null)
            {
                _problems.Error(At(parsed.Start), null,
                    "Dấu '---' bắt đầu một tài liệu thứ hai. Mỗi tệp chỉ chứa một chiến dịch: hãy tách phần sau ra tệp riêng hoặc xóa dấu '---'.",
                    "'---' starts a second document. A file holds one campaign: move the rest to its own file or delete the '---'.");
                break;
            }

            if (parsed is not DocumentStart && Build(parsed, 1) is var built and not YamlScalar { IsNothing: true })
                root = built;
        }

        return root;
    }

    public static void ReportTwice(string key, YamlPoint at, YamlPoint first, ProblemList problems) =>
        problems.Error(at, key,
            $"Khóa '{key}' đã có ở dòng {first.Line}. Mỗi khóa chỉ viết một lần: hãy giữ một chỗ, xóa chỗ kia.",
            $"Key '{key}' already stands in line {first.Line}. Write each key once: keep one, delete the other.");

    YamlNode Build(ParsingEvent parsed, int level)
    {
        RefuseDecoration(parsed);
        return parsed switch
        {
            Scalar scalar => new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style,
                _text[(int)scalar.Start.Index..(int)Math.Min(scalar.End.Index, _text.Length)]),
            SequenceStart or MappingStart when level > DeepestLevel => RefuseDepth(parsed),
            SequenceStart => BuildList(parsed, level),
            MappingStart => BuildMap(parsed, level),
            _ => new YamlRefused(At(parsed.Start)),
        };
    }

    YamlList BuildList(ParsingEvent start, int level)
    {
        var items = new List<YamlNode>();
        while (Next() is { } item)
            items.Add(Build(item, level + 1));

        return new YamlList(At(start.Start), items);
    }

    YamlMap BuildMap(ParsingEvent start, int level)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, YamlPoint>();
        while (Next() is { } key)
        {
            var name = KeyOf(key, level);
            if (Next() is not { } written)
                break;

            var value = Build(written, level + 1);
            if (name is null)
                continue;

            if (seen.TryAdd(name, At(key.Start)))
                entries.Add(new YamlEntry(name, At(key.Start), value));
            else
                ReportTwice(name, At(key.Start), seen[name], _problems);
        }

        return new YamlMap(At(start.Start), entries, _cutShort);
    }

    /// <returns>Null where it is no key we take; that has been reported.</returns>
    string? KeyOf(ParsingEvent key, int level)
    {
        if (Build(key, level + 1) is not YamlScalar scalar)
        {
            if (key is not AnchorAlias)
                _problems.Error(At(key.Start), null,
                    "Ở đây cần tên khóa bằng chữ, nhưng lại là một danh sách hoặc một nhóm khóa. Nếu là chữ có dấu ngoặc [ ] hay { }, hãy đặt trong ngoặc kép.",
                    "A key must be plain text, but this is a list or a map. If it is text with brackets [ ] or { }, put it in quotes.");
            return null;
        }

        if (scalar is not { Style: ScalarStyle.Plain, Value: "<<" })
            return scalar.Value.Normalize();

        _problems.Error(scalar.At, "<<",
            "Không dùng khóa gộp '<<' trong tệp chiến dịch. Hãy viết đủ các khóa tại chỗ cần.",
            "The merge key '<<' is not used in a campaign file. Write the keys out where they are needed.");
        return null;
    }

    void RefuseDecoration(ParsingEvent parsed)
    {
        if (parsed is AnchorAlias alias)
            _problems.Error(At(parsed.Start), null,
                $"Không dùng tham chiếu '*{alias.Value}' trong tệp chiến dịch. Hãy viết lại giá trị tại đây; nếu là chữ bắt đầu bằng dấu *, đặt trong ngoặc kép.",
                $"The alias '*{alias.Value}' is not used in a campaign file. Write the value out here; if it is text that starts with *, put it in quotes.");

        if (parsed is not NodeEvent node)
            return;

        if (!node.Anchor.IsEmpty)
            _problems.Error(At(parsed.Start), null,
                $"Không dùng neo '&{node.Anchor.Value}' trong tệp chiến dịch. Hãy xóa nó; nếu là chữ bắt đầu bằng dấu &, đặt trong ngoặc kép.",
                $"The anchor '&{node.Anchor.Value}' is not used in a campaign file. Delete it; if it is text that starts with &, put it in quotes.");

        if (!node.Tag.IsEmpty)
            _problems.Error(At(parsed.Start), null,
                $"Không dùng nhãn kiểu '{node.Tag.Value}' trong tệp chiến dịch. Hãy xóa nó; nếu là chữ bắt đầu bằng dấu !, đặt trong ngoặc kép.",
                $"The tag '{node.Tag.Value}' is not used in a campaign file. Delete it; if it is text that starts with !, put it in quotes.");
    }

    YamlRefused RefuseDepth(ParsingEvent parsed)
    {
        _problems.Error(At(parsed.Start), null,
            $"Lồng nhau quá {DeepestLevel} cấp. Tệp chiến dịch chỉ cần 5 cấp: hãy xem lại dấu ngoặc và thụt lề.",
            $"Nested more than {DeepestLevel} levels deep. A campaign file needs 5: check the brackets and the indentation.");

        // Passed over without recursion: whoever nests this deep may go on for a million levels.
        for (var open = 1; open > 0 && Next(skipEnds: false) is { } passed;)
            open += passed.NestingIncrease;

        return new YamlRefused(At(parsed.Start));
    }

    /// <returns>Null at the end of a list or map, at the end of the text, and where it cannot be read on.</returns>
    ParsingEvent? Next(bool skipEnds = true)
    {
        if (Failure is not null)
            return null;

        try
        {
            while (_parser.MoveNext())
            {
                if (skipEnds && _parser.Current is SequenceEnd or MappingEnd)
                    return null;

                if (_parser.Current is not (StreamStart or StreamEnd or DocumentEnd))
                    return _parser.Current;
            }

            return null;
        }
        catch (YamlException failure)
        {
            Failure = failure;
            _cutShort = true;
            return null;
        }
    }

    YamlPoint At(Mark mark) => _source.PointOf((int)mark.Line, (int)mark.Column);
}
