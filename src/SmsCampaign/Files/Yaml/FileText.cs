using System.Text;
using SmsCampaign.Orthography;
using UtfUnknown;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// Reads a small text file a person wrote, which must be UTF-8, and says by name what it is where it is not.
/// </summary>
static class FileText
{
    /// <summary>Largest campaign file taken, bytes. A real one has a few thousand.</summary>
    public const int MostBytes = 1_000_000;

    static readonly Wording SaveAsUtf8 = new(
        "Cách lưu lại: Notepad: File > Save As (Lưu dưới dạng), ở ô Encoding (Mã hóa) chọn UTF-8, bấm Save. VS Code: "
            + "bấm tên bảng mã ở góc dưới bên phải, chọn Save with Encoding, chọn UTF-8.",
        "To save it again: Notepad: File > Save As, choose UTF-8 under Encoding, Save. VS Code: click the encoding's "
            + "name at the bottom right, Save with Encoding, UTF-8.");

    static readonly Wording Convert = new(
        "Hãy mở bằng bảng mã đó, chuyển nội dung sang Unicode dựng sẵn (UniKey: Ctrl+Shift+F6), rồi lưu dạng UTF-8.",
        "Open it in that encoding, convert it to composed Unicode (UniKey: Ctrl+Shift+F6), then save it as UTF-8.");

    /// <returns>The text without its byte-order mark; null where it cannot be understood, which has been reported.
    /// Text in another encoding that is certain is reported and decoded all the same.</returns>
    public static string? Read(string path, ProblemList problems) =>
        ReadBytes(path, problems) is { } bytes ? Decode(bytes, problems) : null;

    /// <inheritdoc cref="Read"/>
    public static string? Decode(byte[] bytes, ProblemList problems)
    {
        if (IsOfAnotherKind(bytes, problems))
            return null;

        if (Utf16Or32(bytes) is var (wide, name))
        {
            problems.Error(null, null,
                $"Tệp được lưu bằng bảng mã {name}, chương trình chỉ đọc UTF-8. {SaveAsUtf8}",
                $"The file is saved as {name}; only UTF-8 is read. {SaveAsUtf8}");
            return wide.GetString(bytes).TrimStart('\uFEFF');
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return RefuseTwiceEncoded(text, problems) ? Mojibake.Repair(text) ?? text : text;
        }
        catch (DecoderFallbackException failure)
        {
            return ReadLegacy(bytes, failure.Index, problems);
        }
    }

    /// <returns>Null where it cannot be read, or is no file or too large; that has been reported.</returns>
    public static byte[]? ReadBytes(string path, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            problems.Error(null, null, "Chưa cho biết tệp chiến dịch. Hãy ghi đường dẫn tới tệp .yaml.",
                "No campaign file was given. Give the path of a .yaml file.");
            return null;
        }

        path = ComposedPath.Find(path);
        if (Directory.Exists(path))
        {
            var inside = Path.Combine(path, "campaign.yaml");
            var instead = File.Exists(inside) ? inside : Path.Combine(path, "….yaml");
            problems.Error(null, null,
                $"Đây là một thư mục, không phải tệp. Hãy ghi cả tên tệp, ví dụ {instead}.",
                $"This is a folder, not a file. Give the file's name as well, such as {instead}.");
            return null;
        }

        if (!File.Exists(path))
        {
            var hint = SimilarFile.DidYouMean(path);
            problems.Unreadable(
                $"Không tìm thấy tệp. Đã tìm tại: {Path.GetFullPath(path)}.{hint}",
                $"The file was not found. Looked at: {Path.GetFullPath(path)}.{hint}");
            return null;
        }

        try
        {
            using var file = OrdinaryFile.OpenRead(path);

            // One byte more than the limit tells whether there is more, without reading it, whatever length is claimed.
            var bytes = new byte[MostBytes + 1];
            var read = file.Length > MostBytes
                ? bytes.Length
                : file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read <= MostBytes)
                return bytes[..read];

            problems.Error(null, null,
                $"Tệp quá lớn: {Figures.Count(Math.Max(file.Length, read))} byte, "
                    + $"tối đa {Figures.Count(MostBytes)}. Tệp chiến dịch chỉ chứa phần khai báo; "
                    + $"danh sách thuê bao để ở tệp CSV hoặc XLSX riêng, ghi tên ở 'segments'.",
                $"The file is too large: {Math.Max(file.Length, read):N0} bytes, at most {MostBytes:N0}. "
                    + $"A campaign file holds the definition only; subscribers belong in a CSV or XLSX "
                    + $"file named under 'segments'.");
        }
        catch (NotOrdinaryFileException other)
        {
            problems.Error(null, null, other.Words.Vi, other.Words.En);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Unreadable(
                $"Không đọc được tệp ({FaultWords.Of(failure)}). Hãy kiểm tra quyền đọc và xem tệp có đang mở ở "
                    + $"chương trình khác không.",
                $"The file cannot be read: {failure.Message} Check the permission to read it and whether "
                    + $"another program holds it open.");
        }

        return null;
    }

    /// <returns>Null where the bytes are in neither. A name says whether a byte-order mark was there.</returns>
    static (Encoding Wide, string Name)? Utf16Or32(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xFF, 0xFE, 0, 0, ..]:
                return (new UTF32Encoding(bigEndian: false, byteOrderMark: true), "UTF-32 LE");
            case [0, 0, 0xFE, 0xFF, ..]:
                return (new UTF32Encoding(bigEndian: true, byteOrderMark: true), "UTF-32 BE");
            case [0xFF, 0xFE, ..]:
                return (Encoding.Unicode, "UTF-16 LE");
            case [0xFE, 0xFF, ..]:
                return (Encoding.BigEndianUnicode, "UTF-16 BE");
        }

        // Without a mark: keys, spaces and line ends are ASCII, so at least a quarter of all units have a zero half,
        // always the same half. Text with single NULs in it does not come near.
        var units = bytes.Length / 2;
        var (even, odd) = (0, 0);
        for (var index = 0; index < units * 2; index++)
        {
            if (bytes[index] == 0)
                _ = index % 2 == 0 ? even++ : odd++;
        }

        return (odd * 4 > units && even == 0, even * 4 > units && odd == 0) switch
        {
            (true, _) => (Encoding.Unicode, "UTF-16 LE"),
            (_, true) => (Encoding.BigEndianUnicode, "UTF-16 BE"),
            _ => null,
        };
    }

    static bool IsOfAnotherKind(byte[] bytes, ProblemList problems)
    {
        var kind = bytes switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => new Wording(
                "tệp nén hoặc tệp Office (.zip, .xlsx, .docx)", "a zip or Office file (.zip, .xlsx, .docx)"),
            [0xD0, 0xCF, 0x11, 0xE0, ..] =>
                new Wording("tệp Office cũ (.xls, .doc)", "an old Office file (.xls, .doc)"),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => new Wording("tệp PDF", "a PDF file"),
            _ when bytes.AsSpan().Count((byte)0) > 20 && Utf16Or32(bytes) is null =>
                new Wording("tệp nhị phân", "a binary file"),
            _ => default,
        };

        if (kind.En is null)
            return false;

        problems.Error(null, null,
            $"Đây là {kind}, không phải tệp văn bản. Tệp chiến dịch là tệp .yaml, văn bản thuần UTF-8.",
            $"This is {kind}, not text. A campaign file is a .yaml file, plain text in UTF-8.");
        return true;
    }

    static string? ReadLegacy(byte[] bytes, int firstBad, ProblemList problems)
    {
        var line = bytes.AsSpan(0, firstBad).Count((byte)'\n') + 1;
        var at = new Place(problems.File, line, firstBad - bytes.AsSpan(0, firstBad).LastIndexOf((byte)'\n'));

        if (OldEncodingDetector.Detect(bytes)?.Encoding is { } old)
        {
            var how = old.IsOfFonts ? Convert : SaveAsUtf8;
            problems.Error(at, null,
                $"Tệp được lưu bằng bảng mã {old.Name}, chương trình chỉ đọc UTF-8. {how}",
                $"The file is saved as {old.Name}; only UTF-8 is read. {how}");
            return old.IsOfFonts ? null : old.Decode(OldEncoding.Western.GetString(bytes));
        }

        // A guess below one half names as often the wrong one.
        var guess = CharsetDetector.DetectFromBytes(bytes).Detected;
        var name = guess is { Confidence: > 0.5f }
            && !guess.EncodingName.Contains("utf", StringComparison.OrdinalIgnoreCase)
            ? new Wording($"có lẽ là {guess.EncodingName}", $"it looks like {guess.EncodingName}")
            : new Wording("không nhận ra bảng mã nào", "no known encoding fits");
        problems.Error(at, null,
            $"Tệp không phải UTF-8 ({name}); byte 0x{bytes[firstBad]:X2} ở đây không đọc được. {SaveAsUtf8}",
            $"The file is not UTF-8 ({name}); byte 0x{bytes[firstBad]:X2} here cannot be read. {SaveAsUtf8}");
        return null;
    }

    /// <summary>Text that was UTF-8, was opened as Windows-1252 and saved again: every "ư" has become "Æ°".</summary>
    static bool RefuseTwiceEncoded(string text, ProblemList problems)
    {
        if (Ascii.IsValid(text) || !Mojibake.IsAll(text))
            return false;

        var first = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        var line = text.AsSpan(0, first).Count('\n') + 1;
        problems.Error(new Place(problems.File, line, first - text.AsSpan(0, first).LastIndexOf('\n')), null,
            "Chữ tiếng Việt trong tệp đã hỏng: tệp UTF-8 từng được mở bằng Windows-1252 rồi lưu lại (ví dụ 'ư' thành "
                + "'Æ°'). Hãy lấy lại bản gốc, hoặc gõ lại chữ có dấu.",
            "The Vietnamese letters in the file are broken: it was UTF-8, was opened as Windows-1252 and saved again "
                + "('ư' has become 'Æ°'). Go back to the original, or type the letters again.");
        return true;
    }
}
