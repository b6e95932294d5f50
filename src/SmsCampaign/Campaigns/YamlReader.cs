using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmsCampaign.Campaigns;

/// <summary>Where a text stops being YAML.</summary>
/// <param name="At">Null where it cannot be told.</param>
/// <param name="Message">The YAML library's own words, in English.</param>
sealed record YamlFailure(YamlPoint? At, string Message);

/// <summary>
/// Reads the part of YAML that a campaign file needs: maps, lists and scalars. What makes YAML dangerous or surprising
/// (aliases, tags, merge keys, several documents, deep nesting) is refused, each by its place.
/// </summary>
/// <remarks>One reader reads one piece of text once.</remarks>
sealed class YamlReader
{
    /// <summary>A campaign file needs 5 levels.</summary>
    const int DeepestLevel = 20;

    /// <summary>Most items of one list or keys of one map: more than there are communes in the country (3,321 since
    /// 1/7/2025), which the longest filter would name.</summary>
    const int MostItems = 5_000;

    /// <summary>Levels beyond which what is nested too deep is not even passed over: the parser looks at every open level at every
    /// sign, so that a file of a million brackets would cost hours.</summary>
    const int DeepestPassed = 100;

    readonly string _text;
    readonly YamlSource _source;
    readonly ProblemList _problems;
    readonly Parser _parser;
    bool _cutShort;
    bool _isOver;

    public YamlReader(string text, YamlSource source, ProblemList problems)
    {
        _text = text;
        _source = source;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>What was wrong with the YAML itself, where reading had to stop; null where it could be read.</summary>
    public YamlFailure? Failure { get; private set; }

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

    YamlNode Build(ParsingEvent parsed, int level)
    {
        YamlRefusals.Decoration(parsed, At(parsed.Start), _problems);
        return parsed switch
        {
            Scalar scalar => new YamlScalar(At(scalar.Start), scalar.Value, scalar.Style, Written(scalar)) { Comments = CommentsBehind(scalar) },
            SequenceStart or MappingStart when level > DeepestLevel => RefuseDepth(parsed),
            SequenceStart => BuildList(parsed, level),
            MappingStart => BuildMap(parsed, level),
            _ => new YamlRefused(At(parsed.Start)),
        };
    }

    // An empty value at the end of the text is marked beyond it.
    string Written(Scalar scalar)
    {
        var start = (int)Math.Min(scalar.Start.Index, _text.Length);
        return _text[start..(int)Math.Clamp(scalar.End.Index, start, _text.Length)];
    }

    List<YamlComment> CommentsBehind(Scalar scalar)
    {
        var comments = new List<YamlComment>();
        if (scalar.Style != ScalarStyle.Plain)
            return comments;

        var (at, line, column) = ((int)Math.Min(scalar.End.Index, _text.Length), scalar.End.Line, scalar.End.Column);
        for (var isFirst = true; at < _text.Length; isFirst = false)
        {
            var end = _text.IndexOf('\n', at) is var found and >= 0 ? found : _text.Length;
            var rest = _text.AsSpan(at, end - at);
            var space = rest.Length - rest.TrimStart(' ').Length;
            if (space < rest.Length && rest[space] == '#')
                comments.Add(new YamlComment(_source.PointOf((int)line, (int)column + space), rest[space..].ToString(), !isFirst));
            else if (!isFirst)
                break;

            (at, line, column) = (end + 1, line + 1, 1);
        }

        return comments;
    }

    YamlList BuildList(ParsingEvent start, int level)
    {
        var items = new List<YamlNode>();
        while (Next() is { } item)
        {
            items.Add(Build(item, level + 1));
            if (items.Count == MostItems)
            {
                RefuseLength(start);
                break;
            }
        }

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
                YamlRefusals.Twice(name, At(key.Start), seen[name], _problems);

            if (entries.Count == MostItems)
            {
                RefuseLength(start);
                break;
            }
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
            return scalar.Value.Composed();

        _problems.Error(scalar.At, "<<",
            "Không dùng khóa gộp '<<' trong tệp chiến dịch. Hãy viết đủ các khóa tại chỗ cần.",
            "The merge key '<<' is not used in a campaign file. Write the keys out where they are needed.");
        return null;
    }

    YamlRefused RefuseDepth(ParsingEvent parsed)
    {
        _problems.Error(At(parsed.Start), null,
            $"Lồng nhau quá {DeepestLevel} cấp. Tệp chiến dịch chỉ cần 5 cấp: hãy xem lại dấu ngoặc và thụt lề.",
            $"Nested more than {DeepestLevel} levels deep. A campaign file needs 5: check the brackets and the indentation.");

        PassOver();
        return new YamlRefused(At(parsed.Start));
    }

    void RefuseLength(ParsingEvent start)
    {
        _problems.Error(At(start.Start), null,
            $"Danh sách hoặc nhóm khóa này có từ {MostItems} mục trở lên, phần sau không đọc. Danh sách thuê bao phải để ở tệp CSV hoặc XLSX riêng.",
            $"This list or group of keys has {MostItems} items or more; the rest is not read. Subscribers belong in a CSV or XLSX file of their own.");
        PassOver();
    }

    /// <summary>Goes on behind the end of the list or map that is open, without recursion. Where that goes deeper still, nothing
    /// more of the text is read: it has been refused.</summary>
    void PassOver()
    {
        var open = 1;
        while (open > 0 && !_isOver && Next(skipEnds: false) is { } passed)
        {
            open += passed.NestingIncrease;
            if (open > DeepestPassed)
                (_isOver, _cutShort) = (true, true);
        }
    }

    /// <returns>Null at the end of a list or map, at the end of the text, and where it cannot be read on.</returns>
    ParsingEvent? Next(bool skipEnds = true)
    {
        if (Failure is not null || _isOver)
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
            // It runs from where the value starts to where it went wrong. What was not closed is shown where it opens.
            var at = failure.Message.Contains("escape", StringComparison.Ordinal) ? failure.End : failure.Start;
            return Fail(At(at), failure.Message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // YamlDotNet 18 trips over some broken values (plain ones, tags that are no URIs) instead of saying what is
            // wrong with them; whatever it throws, the file cannot be read on from there.
            return Fail(_parser.Current is { } last ? At(last.End) : null, failure.Message);
        }
    }

    ParsingEvent? Fail(YamlPoint? at, string message)
    {
        Failure = new YamlFailure(at, message);
        _cutShort = true;
        return null;
    }

    YamlPoint At(Mark mark) => _source.PointOf((int)mark.Line, (int)mark.Column);
}
