using SmsCampaign.Audience;
using SmsCampaign.Files;

namespace SmsCampaign.Directives;

/// <summary>What came of opening an order.</summary>
/// <param name="Text">Null where it cannot be read.</param>
/// <param name="Refusal">Why not, and what to do.</param>
sealed record DirectiveOpening(DirectiveText? Text, Wording? Refusal)
{
    /// <summary>As it was before the changes in it that nobody accepted; null where it holds none.</summary>
    public DirectiveText? Before { get; init; }

    /// <summary>Where they stand, in their order.</summary>
    public IReadOnlyList<DirectivePlace> Changed { get; init; } = [];
}

/// <summary>Opens the text of an order: a Word document (.docx), or a text file in an encoding of Unicode. Told apart
/// by content and not by name.</summary>
static class DirectiveFile
{
    /// <summary>Largest file, bytes. An order with its pictures of seals has a few million.</summary>
    public const int MostBytes = 20_000_000;

    /// <summary>Most characters of its text. The longest of the five real ones has 18,000.</summary>
    public const int MostCharacters = 200_000;

    static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static DirectiveOpening Open(byte[] content) =>
        content.Length > MostBytes ? Refuse(TooLong()) : Read(content);

    public static DirectiveOpening Open(string path)
    {
        try
        {
            using var file = OrdinaryFile.OpenRead(ComposedPath.Find(Path.GetFullPath(path)));
            if (file.Length > MostBytes)
                return Refuse(TooLong());

            var bytes = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MostBytes ? Refuse(TooLong()) : Read(bytes[..length]);
        }
        catch (NotOrdinaryFileException other)
        {
            return Refuse(other.Words);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(new Wording(
                $"Không tìm thấy tệp. Đã tìm tại: {Path.GetFullPath(path)}.{SimilarFile.DidYouMean(path)}",
                $"The file was not found. Looked at: {Path.GetFullPath(path)}.{SimilarFile.DidYouMean(path)}"));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Refuse(new Wording(
                $"Không đọc được tệp ({FaultWords.Of(closed)}). Hãy ghi cả tên tệp, kiểm tra quyền đọc, và đóng tệp "
                    + $"nếu đang mở trong Word.",
                $"The file cannot be read: {FaultWords.Of(closed)} Name the file itself, check the right to read it, "
                    + $"and close it if it is open in Word."));
        }
    }

    static DirectiveOpening Read(byte[] bytes)
    {
        if (bytes.Length == 0)
            return Refuse(new Wording("Tệp trống.", "The file is empty."));
        if (OfAnotherKind(bytes) is { } kind)
            return Refuse(kind);
        if (TableKinds.IsZip(bytes))
            return WordText.Read(bytes);

        var detected = EncodingDetector.Detect(bytes, isWholeFile: true);
        if (detected.Encoding is not { } encoding)
            return Refuse(RefuseEncoding(detected));

        using var reader = new CheckedTextReader(new MemoryStream(bytes), encoding, detected.MarkLength);
        try
        {
            return OfText(reader.ReadToEnd());
        }
        catch (BrokenTableException broken)
        {
            return Refuse(broken.Line is { } line
                ? new Wording(
                    $"Dòng {line}: chữ ở đây đã hỏng ({detected.Name}). Hãy mở tệp gốc, lưu lại dạng văn bản, bảng mã "
                        + $"UTF-8.",
                    $"Line {line}: the text is damaged here ({detected.Name}). Open the original and save it as text "
                        + $"in UTF-8.")
                : broken.What);
        }
    }

    static DirectiveOpening OfText(string text)
    {
        if (text.Length > MostCharacters)
            return Refuse(TooLong());

        var lines = new List<DirectiveLine>();
        var number = 0;
        foreach (var line in text.EnumerateLines())
        {
            number++;
            if (DirectiveText.Clean(line.ToString()) is { Length: > 0 } clean)
                lines.Add(new DirectiveLine(clean, new DirectivePlace(number)));
        }

        return OfLines(lines);
    }

    /// <summary>An order of these lines, if there is anything in them.</summary>
    public static DirectiveOpening OfLines(IReadOnlyList<DirectiveLine> lines) => lines.Count > 0
        ? new DirectiveOpening(DirectiveText.Of(lines), null)
        : Refuse(new Wording(
            "Trong tệp không có chữ nào (có thể văn bản là ảnh quét). Hãy xin tệp Word, hoặc gõ lại đoạn giao nhắn "
                + "tin vào một tệp .txt.",
            "There is no text in the file; it may be a scanned picture. Ask for the Word file, or type the passage "
                + "about the message into a .txt file."));

    public static DirectiveOpening Refuse(Wording why) => new(null, why);

    public static Wording TooLong()
    {
        var (bytes, characters) =
            (Figures.Counted(MostBytes, "byte"), Figures.Counted(MostCharacters, "character"));
        return new Wording(
            $"Tệp quá lớn (hơn {bytes} byte hoặc {characters} ký tự) để là một văn bản giao việc. Hãy kiểm tra có chỉ "
                + $"nhầm tệp không, hoặc chép riêng phần chữ sang một tệp .txt.",
            $"The file is too large for an order (more than {bytes} or {characters}). Check that it "
                + $"is the right one, or copy its text alone into a .txt file.");
    }

    /// <returns>What it is and what to do; null where it may be read.</returns>
    static Wording? OfAnotherKind(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(OldOffice))
            return new Wording(
                "Đây là tệp Word đời cũ (.doc) hoặc có mật khẩu, dù đuôi tệp là gì. Hãy mở bằng Word hoặc LibreOffice, "
                    + "bỏ mật khẩu nếu có, và lưu thành .docx.",
                "This is an old Word document (.doc) or one with a password, whatever its name ends in. Open it in "
                    + "Word or LibreOffice, remove the password if there is one, and save it as .docx.");

        if (bytes.StartsWith("%PDF"u8))
            return new Wording(
                "Đây là tệp PDF: chép chữ từ PDF thường hỏng dấu tiếng Việt, nên không đọc. Hãy xin tệp Word (.docx), "
                    + "hoặc gõ lại đoạn giao nhắn tin vào một tệp .txt.",
                "This is a PDF, whose Vietnamese letters often come out broken, so it is not read. Ask for the Word "
                    + "file (.docx), or type the passage about the message into a .txt file.");

        if (bytes.StartsWith("{\\rtf"u8))
            return new Wording(
                "Đây là tệp RTF. Hãy mở bằng Word hoặc LibreOffice và lưu thành .docx.",
                "This is an RTF document. Open it in Word or LibreOffice and save it as .docx.");

        return bytes.Count((byte)0) == 0 || TableKinds.IsZip(bytes) || IsUtf16(bytes)
            ? null
            : new Wording(
                "Đây không phải văn bản. Hãy dùng tệp Word (.docx) hoặc tệp .txt của văn bản giao việc.",
                "This is no text. Name the order's Word file (.docx) or a .txt file of it.");
    }

    static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        EncodingDetector.Detect(bytes, isWholeFile: true).Encoding is not (null or TableEncoding.Utf8);

    static Wording RefuseEncoding(DetectedEncoding detected) => detected.OldVietnameseFont
        ? new Wording(
            $"Văn bản còn ở bảng mã cũ {detected.Name}. Chưa lấy gì từ văn bản này. Hãy chuyển sang Unicode (UniKey: "
                + $"Ctrl+Shift+F6) rồi lưu lại, bảng mã UTF-8.",
            $"The text is still in the old encoding {detected.Name}. Nothing is taken from it. Convert it to Unicode "
                + $"(UniKey: Ctrl+Shift+F6) and save it in UTF-8.")
        : new Wording(
            $"Bảng mã của tệp là {detected.Name}, cần UTF-8 hoặc UTF-16. Hãy mở bằng Notepad hoặc Word và lưu lại với "
                + $"bảng mã UTF-8.",
            $"The file's encoding is {detected.Name}; UTF-8 or UTF-16 is needed. Open it in Notepad or Word and save "
                + $"it again in UTF-8.");
}
