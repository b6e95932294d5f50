using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmsCampaign.Files.Yaml;

/// <summary>Where a text stops being YAML.</summary>
/// <param name="At">Null where it cannot be told.</param>
/// <param name="Message">The YAML library's own words, in English.</param>
sealed record YamlFailure(Place? At, string Message);

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

    /// <summary>Levels beyond which what is nested too deep is not even passed over: the parser looks at every open
    /// level at every sign, so that a file of a million brackets would cost hours.</summary>
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
    public FileNode? Read()
    {
        FileNode? root = null;
        while (Next() is { } parsed)
        {
            if (parsed is DocumentStart && root is not null)
            {
                _problems.Error(At(parsed.Start), null,
                    "Dấu '---' bắt đầu một tài liệu thứ hai. Mỗi tệp chỉ chứa một chiến dịch: hãy tách phần sau ra tệp "
                        + "riêng hoặc xóa dấu '---'.",
                    "'---' starts a second document. A file holds one campaign: move the rest to its own "
                        + "file or delete the '---'.");
                break;
            }

            if (parsed is not DocumentStart && Build(parsed, 1, "") is var built and not { IsNothing: true })
                root = built;
        }

        return root;
    }

    /// <param name="path">The key it stands at.</param>
    FileNode Build(ParsingEvent parsed, int level, string path)
    {
        YamlRefusals.Decoration(parsed, At(parsed.Start), _problems);
        return parsed switch
        {
            Scalar scalar => ToNode(scalar, path),
            SequenceStart or MappingStart when level > DeepestLevel => RefuseDepth(parsed),
            SequenceStart => BuildList(parsed, level, path),
            MappingStart => BuildMap(parsed, level, path),
            _ => FileNode.Refuse(At(parsed.Start)),
        };
    }

    FileNode ToNode(Scalar scalar, string path)
    {
        var isNothing = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        return new FileNode(isNothing ? NodeKind.Nothing : NodeKind.Text, scalar.Value, At(scalar.Start, path))
        {
            Form = scalar.Style switch
            {
                ScalarStyle.Plain => ScalarForm.Plain,
                ScalarStyle.Literal or ScalarStyle.Folded => ScalarForm.Block,
                _ => ScalarForm.Quoted,
            },
            Written = Written(scalar),
            Comments = CommentsBehind(scalar),
        };
    }

    // An empty value at the end of the text is marked beyond it.
    string Written(Scalar scalar)
    {
        var start = (int)Math.Min(scalar.Start.Index, _text.Length);
        return _text[start..(int)Math.Clamp(scalar.End.Index, start, _text.Length)];
    }

    /// <summary>Of a list or map between brackets, which has just been read to its end; empty of one without.</summary>
    string WrittenFlow(ParsingEvent start)
    {
        if (start is not (SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow })
            || _cutShort
            || _parser.Current is not (SequenceEnd or MappingEnd))
            return "";

        // The end of a list is marked before its bracket, that of a map behind it.
        var end = (int)_parser.Current.End.Index;
        if (_parser.Current is SequenceEnd && end < _text.Length && _text[end] == ']')
            end++;
        return end <= _text.Length ? _text[(int)start.Start.Index..end] : "";
    }

    List<FileComment> CommentsBehind(Scalar scalar)
    {
        var comments = new List<FileComment>();
        if (scalar.Style != ScalarStyle.Plain)
            return comments;

        var (at, line, column) = ((int)Math.Min(scalar.End.Index, _text.Length), scalar.End.Line, scalar.End.Column);
        for (var isFirst = true; at < _text.Length; isFirst = false)
        {
            var end = _text.IndexOf('\n', at) is var found and >= 0 ? found : _text.Length;
            var rest = _text.AsSpan(at, end - at);
            var space = rest.Length - rest.TrimStart(' ').Length;
            if (space < rest.Length && rest[space] == '#')
                comments.Add(new FileComment(
                    _source.PlaceOf((int)line, (int)column + space), rest[space..].ToString(), !isFirst));
            else if (!isFirst)
                break;

            (at, line, column) = (end + 1, line + 1, 1);
        }

        return comments;
    }

    FileNode BuildList(ParsingEvent start, int level, string path)
    {
        var items = new List<FileNode>();
        while (Next() is { } item)
        {
            items.Add(Build(item, level + 1, $"{path}[{items.Count + 1}]")); // from 1, as a person counts
            if (items.Count == MostItems)
            {
                RefuseLength(start);
                break;
            }
        }

        return new FileNode(NodeKind.List, "", At(start.Start, path)) { Items = items, Written = WrittenFlow(start) };
    }

    FileNode BuildMap(ParsingEvent start, int level, string path)
    {
        var entries = new List<FileMember>();
        var seen = new Dictionary<string, Place>();
        while (Next() is { } key)
        {
            var name = KeyOf(key, level);
            if (Next() is not { } written)
                break;

            var full = path.Length == 0 ? name ?? "" : $"{path}.{name}";
            var value = Build(written, level + 1, full);
            if (name is null)
                continue;

            if (seen.TryAdd(name, At(key.Start)))
                entries.Add(new FileMember(name, At(key.Start, full), value));
            else
                YamlRefusals.Twice(name, At(key.Start), seen[name], _problems);

            if (entries.Count == MostItems)
            {
                RefuseLength(start);
                break;
            }
        }

        return new FileNode(NodeKind.Map, "", At(start.Start, path))
        {
            Members = entries,
            CutShort = _cutShort,
            Written = WrittenFlow(start),
        };
    }

    /// <returns>Null where it is no key we take; that has been reported.</returns>
    string? KeyOf(ParsingEvent key, int level)
    {
        if (Build(key, level + 1, "") is not { IsScalar: true } scalar)
        {
            if (key is not AnchorAlias)
                _problems.Error(At(key.Start), null,
                    "Ở đây cần tên khóa bằng chữ, nhưng lại là một danh sách hoặc một nhóm khóa. "
                        + "Nếu là chữ có dấu ngoặc [ ] hay { }, hãy đặt trong ngoặc kép.",
                    "A key must be plain text, but this is a list or a map. If it is text with brackets [ "
                        + "] or { }, put it in quotes.");
            return null;
        }

        if (scalar is not { Form: ScalarForm.Plain, Text: "<<" })
            return scalar.Text.Composed();

        _problems.Error(scalar.Where, "<<",
            "Không dùng khóa gộp '<<' trong tệp chiến dịch. Hãy viết đủ các khóa tại chỗ cần.",
            "The merge key '<<' is not used in a campaign file. Write the keys out where they are needed.");
        return null;
    }

    FileNode RefuseDepth(ParsingEvent parsed)
    {
        _problems.Error(At(parsed.Start), null,
            $"Lồng nhau quá {DeepestLevel} cấp. Tệp chiến dịch chỉ cần 5 cấp: hãy xem lại dấu ngoặc và thụt lề.",
            $"Nested more than {DeepestLevel} levels deep. A campaign file needs 5: "
                + $"check the brackets and the indentation.");

        PassOver();
        return FileNode.Refuse(At(parsed.Start));
    }

    void RefuseLength(ParsingEvent start)
    {
        _problems.Error(At(start.Start), null,
            $"Danh sách hoặc nhóm khóa này có từ {MostItems} mục trở lên, phần sau không đọc. "
                + $"Danh sách thuê bao phải để ở tệp CSV hoặc XLSX riêng.",
            $"This list or group of keys has {MostItems} items or more; the rest is not read. "
                + $"Subscribers belong in a CSV or XLSX file of their own.");
        PassOver();
    }

    /// <summary>Goes on behind the end of the list or map that is open, without recursion. Where that goes deeper
    /// still, nothing more of the text is read: it has been refused.</summary>
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

    ParsingEvent? Fail(Place? at, string message)
    {
        Failure = new YamlFailure(at, message);
        _cutShort = true;
        return null;
    }

    Place At(Mark mark) => _source.PlaceOf((int)mark.Line, (int)mark.Column);

    Place At(Mark mark, string path) => At(mark) with { Key = path.Length == 0 ? null : path };
}
