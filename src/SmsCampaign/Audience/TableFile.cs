using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Audience;

/// <summary>
/// Opens a CSV or XLSX file, told apart by content and not by name.
/// </summary>
static class TableFile
{
    /// <summary>Bytes looked at to tell what a file is: a table's first rows.</summary>
    const int HeadLength = 16 * 1024;

    /// <param name="path">Full path.</param>
    /// <exception cref="BrokenTableException">There is no such file, or it is no table that can be read.</exception>
    public static TableBook Open(string path)
    {
        var file = OpenFile(path);
        try
        {
            var head = new byte[HeadLength];
            var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return Open(file, head.AsSpan(0, length));
        }
        catch (BrokenTableException)
        {
            file.Dispose();
            throw;
        }
    }

    static TableBook Open(FileStream file, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            throw Empty();

        if (TableKinds.Refuse(head) is { } reason)
            throw new BrokenTableException(null, reason);

        if (TableKinds.IsZip(head))
            return new Workbook(file);

        var detected = EncodingDetector.Detect(head, isWholeFile: head.Length == file.Length);
        if (detected.Encoding is not { } encoding)
            throw new BrokenTableException(null, RefuseEncoding(detected));

        return new CsvBook(
            new CsvTableReader(
                new CheckedTextReader(file, encoding, detected.MarkLength),
                DecodeHead(head[detected.MarkLength..], encoding)),
            detected.Name);
    }

    public static BrokenTableException Empty() => new(null, new Wording(
        "Tệp trống, không có dòng nào. Hãy xuất lại danh sách.",
        "The file is empty: it has no rows. Export the list again."));

    /// <summary>What to say of an encoding other than Unicode.</summary>
    public static Wording RefuseEncoding(DetectedEncoding detected) => detected.OldVietnameseFont
        ? new Wording(
            $"Bảng mã của tệp là {detected.Name}, cần UTF-8 hoặc UTF-16. Hãy chuyển mã sang Unicode (bằng UniKey: "
                + $"Ctrl+Shift+F6), rồi trong Excel lưu thành “CSV UTF-8”.",
            $"The file's encoding is {detected.Name}; UTF-8 or UTF-16 is needed. Convert it to Unicode (with UniKey: "
                + $"Ctrl+Shift+F6), then save it in Excel as 'CSV UTF-8'.")
        : new Wording(
            $"Bảng mã của tệp là {detected.Name}, cần UTF-8 hoặc UTF-16. Hãy mở bằng Excel và lưu thành “CSV UTF-8”.",
            $"The file's encoding is {detected.Name}; UTF-8 or UTF-16 is needed. "
                + $"Open it in Excel and save it as 'CSV UTF-8'.");

    static FileStream OpenFile(string path)
    {
        try
        {
            // Nobody may change the file while it is read.
            return OrdinaryFile.OpenRead(path, bufferSize: 0, options: FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BrokenTableException(null, new Wording(
                "Không tìm thấy tệp. Hãy xem lại đường dẫn và tên tệp.",
                "The file is not there. Check its path and name."))
            { MayPass = true };
        }
        catch (NotOrdinaryFileException other)
        {
            throw new BrokenTableException(null, other.Words);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new BrokenTableException(null, new Wording(
                "Không mở được tệp: là thư mục, không có quyền đọc, hoặc đang mở trong Excel. "
                    + "Hãy đóng tệp, xem lại quyền đọc.",
                "The file cannot be opened: it is a folder, may not be read, or is open in Excel. "
                    + "Close it and check the right to read it."))
            { MayPass = true };
        }
    }

    static string DecodeHead(ReadOnlySpan<byte> head, TableEncoding encoding) => (encoding switch
    {
        TableEncoding.Utf8 => Encoding.UTF8,
        TableEncoding.Utf16LittleEndian => Encoding.Unicode,
        _ => Encoding.BigEndianUnicode,
    }).GetString(head);
}
