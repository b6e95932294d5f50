using System.Text;
using System.Text.Json;

namespace SmsCampaign.Files.Json;

/// <summary>
/// Reads a JSON file with comments into nodes that know their places.
/// </summary>
/// <param name="file">Path as the person gave it.</param>
sealed class JsonFile(string file)
{
    /// <summary>Bytes. The file shipped has some 10,000; anything near this is another file.</summary>
    const int MostBytes = 4 * 1024 * 1024;

    static readonly JsonReaderOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    readonly List<Problem> _problems = [];
    int[] _lineStarts = [0];
    byte[] _bytes = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <returns>Null where the file cannot be read as JSON at all; <see cref="Problems"/> says why.</returns>
    public FileNode? Read()
    {
        if (ReadBytes() is not { } bytes)
            return null;

        _bytes = bytes;
        _lineStarts = [0, .. Enumerable.Range(1, bytes.Length).Where(at => bytes[at - 1] == '\n')];

        var reader = new Utf8JsonReader(bytes, Lenient);
        try
        {
            reader.Read();
            var root = ReadValue(ref reader, "");
            reader.Read(); // anything after the value is an error of syntax
            return root;
        }
        catch (JsonException broken)
        {
            var line = (int)(broken.LineNumber ?? 0) + 1;
            var at = _lineStarts[Math.Min(line, _lineStarts.Length) - 1] + (int)(broken.BytePositionInLine ?? 0);
            Refuse(
                PlaceOf(Math.Min(at, bytes.Length)),
                "Tệp sai cú pháp JSON tại đây: thiếu hoặc thừa dấu phẩy, ngoặc hoặc nháy. "
                    + "Hãy sửa chỗ này rồi chạy lại.",
                "The file is no valid JSON here: a comma, bracket or quotation mark is missing or too "
                    + "many. Mend it and run again.");
            return null;
        }
    }

    byte[]? ReadBytes()
    {
        var info = new FileInfo(file);
        if (Directory.Exists(info.FullName))
        {
            return Unreadable(
                $"{info.FullName} là một thư mục. Hãy ghi cả tên tệp cấu hình, ví dụ --installation "
                    + $"config/smscampaign.json.",
                $"{info.FullName} is a folder. Name the installation file in it, as --installation "
                    + $"config/smscampaign.json.");
        }

        if (!info.Exists)
        {
            return Unreadable(
                $"Không tìm thấy tệp cấu hình. Đã tìm tại: {info.FullName}. Hãy chạy từ thư mục của chương trình hoặc "
                    + $"chỉ tệp bằng --installation.",
                $"The installation file does not exist. Looked at: {info.FullName}. Run this from the program's "
                    + $"folder, or name the file with --installation.");
        }

        if (info.Length > MostBytes)
        {
            return Refuse(
                $"Tệp có {Figures.Count(info.Length)} byte, quá lớn cho một tệp cấu hình (tối đa "
                    + $"{Figures.Count(MostBytes)}). Hãy kiểm tra có chỉ nhầm tệp không.",
                $"The file has {info.Length} bytes, too large for an installation file (at most "
                    + $"{MostBytes}). Is it the right file?");
        }

        if (OrdinaryFile.Refuse(file) is { } reason)
            return Refuse(reason.Vi, reason.En);

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Unreadable(
                $"Không đọc được tệp cấu hình ({FaultWords.Of(closed)}). Hãy kiểm tra quyền đọc và xem tệp có đang mở "
                    + $"ở chương trình khác không.",
                $"The installation file cannot be read: {closed.Message} Check the permission to read it and whether "
                    + $"another program holds it open.");
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || !IsUtf8(bytes))
        {
            return Refuse(
                "Tệp không ở bảng mã UTF-8. Hãy lưu lại tệp bằng UTF-8.",
                "The file is not in UTF-8. Save it as UTF-8.");
        }

        return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
    }

    static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    FileNode ReadValue(ref Utf8JsonReader reader, string key)
    {
        var where = PlaceOf((int)reader.TokenStartIndex) with { Key = key.Length == 0 ? null : key };
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new FileNode(NodeKind.Map, "", where);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    ReadMember(ref reader, node, key);

                return node;
            case JsonTokenType.StartArray:
                var array = new FileNode(NodeKind.List, "", where);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    array.Items.Add(ReadValue(ref reader, $"{key}[{array.Items.Count}]"));

                return array;
            case JsonTokenType.String:
                return new FileNode(NodeKind.Text, reader.GetString()!, where) { Form = ScalarForm.Quoted };
            default:
                return new FileNode(KindOf(reader.TokenType), Encoding.UTF8.GetString(reader.ValueSpan), where);
        }
    }

    static NodeKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.Number => NodeKind.Number,
        JsonTokenType.True => NodeKind.True,
        JsonTokenType.False => NodeKind.False,
        _ => NodeKind.Nothing,
    };

    void ReadMember(ref Utf8JsonReader reader, FileNode owner, string key)
    {
        var name = reader.GetString()!;
        var full = key.Length == 0 ? name : $"{key}.{name}";
        var where = PlaceOf((int)reader.TokenStartIndex) with { Key = full };
        reader.Read();
        var value = ReadValue(ref reader, full);

        if (owner.Members.Find(member => member.Name == name) is { } first)
        {
            Refuse(
                where,
                $"Khóa '{name}' đã có ở dòng {first.Where.Line}. Mỗi khóa chỉ được viết một lần: hãy bỏ một trong hai.",
                $"The key '{name}' already stands in line {first.Where.Line}. "
                    + $"A key may be written once: remove one of the two.");
            return;
        }

        owner.Members.Add(new FileMember(name, where, value));
    }

    Place PlaceOf(int at)
    {
        var line = Array.BinarySearch(_lineStarts, at) is var found && found >= 0 ? found : ~found - 1;
        var start = _lineStarts[line];
        return new Place(file, line + 1, Encoding.UTF8.GetCharCount(_bytes, start, at - start) + 1);
    }

    void Refuse(Place where, Vietnamese vi, English en) => _problems.Add(new Problem(where, new Wording(vi, en)));

    byte[]? Unreadable(Vietnamese vi, English en)
    {
        _problems.Add(new Problem(new Place(file), new Wording(vi, en)) { MayPass = true });
        return null;
    }

    byte[]? Refuse(Vietnamese vi, English en)
    {
        Refuse(new Place(file), vi, en);
        return null;
    }
}
