using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Reports.Documents;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>Whether a report that was passed on is the one that was written, and what the ledger says.</summary>
public sealed class ReportVerifyTests : ReportFolderCase
{
    [Fact]
    public async Task The_hash_of_every_other_file_is_written_last_as_sha256sum_does()
    {
        await WriteAsync();

        var lines = File.ReadAllLines(FileOf("kiem-tra.txt"));
        Assert.Equal(
            Directory.GetFiles(Report)
                .Select(path => Path.GetFileName(path))
                .Where(name => name != "kiem-tra.txt")
                .Order(StringComparer.Ordinal)
                .Select(name => $"{Hash(FileOf(name))}  {name}"),
            lines);
        Assert.Equal(
            FileOf("kiem-tra.txt"),
            Output.Split('\n').Last(line => line.Contains(Report, StringComparison.Ordinal)).TrimEnd('\r'));
        if (OperatingSystem.IsLinux())
        {
            using var sum = Process.Start(new ProcessStartInfo("sha256sum", ["--quiet", "-c", "kiem-tra.txt"])
            {
                WorkingDirectory = Report,
            })!;
            await sum.WaitForExitAsync();
            Assert.Equal(0, sum.ExitCode);
        }
    }

    [Fact]
    public async Task Its_own_hash_stands_in_the_audit_chain_once_and_again_where_it_changed()
    {
        await WriteAsync();
        var first = Hash(FileOf("kiem-tra.txt"));
        await WriteAsync();
        Assert.Equal([$"{Key} {first}"], ReadEvents());

        Deliver();
        await WriteAsync();

        Assert.Equal([$"{Key} {first}", $"{Key} {Hash(FileOf("kiem-tra.txt"))}"], ReadEvents());
        Assert.True(Registry.Audit.Verify(ledgers: true).Holds);
    }

    [Theory]
    [InlineData("vi", "ĐÚNG: ")]
    [InlineData("en", "RIGHT: ")]
    public async Task A_report_that_is_as_it_was_and_as_the_ledger_says_is_right(string language, string said)
    {
        await WriteAsync("--lang", language);

        var code = await RunAsync("report", "--verify", Report, "--lang", language);

        Assert.True(code == ExitCode.Done, Output + Errors);
        Assert.Contains(said, Output, StringComparison.Ordinal);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task It_is_held_to_what_it_was_written_in_whatever_language_is_asked_for()
    {
        await WriteAsync("--lang", "en");

        Assert.Equal(ExitCode.Done, await RunAsync("report", "--verify", Report, "mau"));
    }

    [Fact]
    public async Task What_was_changed_since_is_named_by_file_and_line_with_what_the_ledger_says()
    {
        await WriteAsync();
        var before = File.ReadAllLines(FileOf("theo-nha-mang.csv"))[1];
        Edit("theo-nha-mang.csv", "Viettel,", "Viettel 0961000101,");
        Edit("tong-hop.csv", "\r\nTin thành công,", "\r\nTin thành công,9");

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("Khác biệt đầu tiên: theo-nha-mang.csv, dòng 2:", Output, StringComparison.Ordinal);
        Assert.Contains("trong tệp:  Viettel 096", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0961000101", Output, StringComparison.Ordinal); // rule 9
        Assert.Contains($"sổ cho ra:  {before}", Output, StringComparison.Ordinal);
        Assert.Contains("theo-nha-mang.csv: ĐÃ BỊ SỬA", Output, StringComparison.Ordinal);
        Assert.Contains("tong-hop.csv: ĐÃ BỊ SỬA", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_with_its_hash_a_report_is_in_no_chain_and_not_what_the_ledger_gives()
    {
        await WriteAsync();
        var before = Hash(FileOf("loi.csv"));
        Edit("loi.csv", "Viettel", "Viettel!");
        Edit("kiem-tra.txt", before, Hash(FileOf("loi.csv")));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("chuỗi kiểm toán không có bản này", Flat(Output), StringComparison.Ordinal);
        Assert.Contains("KHÔNG thể chỉ vì có thêm biên nhận", Flat(Errors), StringComparison.Ordinal);
    }

    /// <summary>Nothing but kiem-tra.txt vouches for it, and that was changed as well.</summary>
    [Theory]
    [InlineData(false, "tong-hop.csv: KHÔNG CÂN ĐỐI, số dòng danh sách trừ các dòng bên dưới còn 1")]
    [InlineData(true, "Không biết báo cáo này có phải bản chương trình đã ghi không")]
    public async Task A_figure_that_was_changed_with_its_hash_is_not_called_as_it_was_written(
        bool balanced, string said)
    {
        await WriteAsync();
        var before = Hash(FileOf("tong-hop.csv"));
        Count(MessageStatus.Delivered, -1);
        if (balanced)
            Count(MessageStatus.Uncertain, 1);
        Edit("kiem-tra.txt", before, Hash(FileOf("tong-hop.csv")));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("tong-hop.csv: khớp kiem-tra.txt; sổ gửi tin cho ra khác", Flat(Output));
        Assert.DoesNotContain("đúng như khi ghi", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chỉ có thêm", Flat(Output), StringComparison.Ordinal);
        Assert.Contains(said, Flat(Errors + Output), StringComparison.Ordinal);
        Assert.Equal(!balanced, Errors.Contains("KHÔNG CÂN ĐỐI", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("loi.csv", "loi.csv: là một LIÊN KẾT tới")]
    [InlineData("kiem-tra.txt", "kiem-tra.txt: KHÔNG ĐỌC ĐƯỢC")]
    public async Task A_link_in_the_place_of_a_file_does_not_count_as_right(string name, string said)
    {
        await WriteAsync();
        var elsewhere = _folder.File("cho-khac");
        File.Move(FileOf(name), elsewhere);
        File.CreateSymbolicLink(FileOf(name), elsewhere);

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains(said, Flat(Output + Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_report_is_named()
    {
        await WriteAsync();
        Directory.CreateDirectory(FileOf("rieng"));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("  rieng: thư mục thừa", Output, StringComparison.Ordinal);
    }

    /// <summary>One figure of one, with its hash in kiem-tra.txt or without.</summary>
    [Theory]
    [InlineData("bao-cao.xlsx", "xl/worksheets", "<x:v>9124</x:v>", "<x:v>9125</x:v>", false)]
    [InlineData("bao-cao.xlsx", "xl/worksheets", "<x:v>9124</x:v>", "<x:v>9125</x:v>", true)]
    [InlineData("bao-cao.docx", "word/document", "9.124", "9.125", false)]
    [InlineData("bao-cao.docx", "word/document", "9.124", "9.125", true)]
    [InlineData("bao-cao.html", "", "9.124", "9.125", false)]
    [InlineData("bao-cao.html", "", "9.124", "9.125", true)]
    public async Task A_figure_of_a_document_that_was_changed_is_found(
        string name, string part, string before, string after, bool withHash)
    {
        await WriteAsync();
        var hash = Hash(FileOf(name));
        if (part.Length > 0)
            DocumentEdit.Replace(FileOf(name), part, before, after);
        else
            Edit(name, before, after);
        if (withHash)
            Edit("kiem-tra.txt", hash, Hash(FileOf(name)));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains($"Khác biệt đầu tiên: {name}, ", Output, StringComparison.Ordinal);
        Assert.Contains(part == "xl/worksheets" ? "9125" : after, Output, StringComparison.Ordinal);
        Assert.Contains(
            withHash ? "KHÔNG thể chỉ vì có thêm biên nhận" : $"{name}: ĐÃ BỊ SỬA",
            Flat(withHash ? Errors : Output),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_extra_and_unreadable_files_are_said()
    {
        await WriteAsync();
        File.Delete(FileOf("loi.csv"));
        File.WriteAllText(FileOf("ban-ky.pdf"), "");
        File.Delete(FileOf("chua-ro.csv"));
        Directory.CreateDirectory(FileOf("chua-ro.csv"));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("  loi.csv: THIẾU", Output, StringComparison.Ordinal);
        Assert.Contains("  ban-ky.pdf: tệp thừa", Output, StringComparison.Ordinal);
        Assert.Contains("  chua-ro.csv: ", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_hashes_a_report_is_held_to_the_ledger_and_that_is_said()
    {
        await WriteAsync();
        File.Delete(FileOf("kiem-tra.txt"));

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("kiem-tra.txt: KHÔNG CÓ", Errors, StringComparison.Ordinal);
        Assert.Contains("loi.csv: không có trong kiem-tra.txt; đúng với sổ gửi tin", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_receipts_came_since_the_ledger_has_gone_on_and_nobody_forged_anything()
    {
        await WriteAsync();
        Deliver();
        Registry.RecordEvent("A", "x", "y", Noon);

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("Báo cáo KHÔNG bị sửa", Flat(Output), StringComparison.Ordinal);
        Assert.Contains("  Đã tới máy: 1 → 2", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ĐÃ BỊ SỬA", Output, StringComparison.Ordinal);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Where_the_ledger_has_less_than_the_report_that_was_recorded_it_is_the_ledger_that_is_doubted()
    {
        Deliver();
        await WriteAsync();
        SetStatus(MessageStatus.Uncertain);

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("sổ gửi tin đã được khôi phục", Flat(Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Báo cáo KHÔNG bị sửa", Flat(Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_since_as_that_the_run_is_over_is_no_difference()
    {
        await WriteAsync();
        Registry.Record(new Decision(Key, Noon, Noon, DecisionKind.Finished, new Wording("xong", "done")));

        Assert.Equal(ExitCode.Done, await RunAsync("report", "--verify", Report));

        Assert.Contains("có thêm 1 quyết định", Flat(Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_does_not_go_through_the_head_that_the_report_names_is_told()
    {
        Registry.RecordEvent("A", "x", "y", Noon);
        await WriteAsync();
        using (var db = SqliteDb.Open(Data.Ledger))
            db.Execute("update audit set hash = 'x' || substr(hash, 2) where id = 2");

        Assert.Equal(ExitCode.CouldNot, await RunAsync("report", "--verify", Report));

        Assert.Contains("KHÔNG đi qua đầu chuỗi", Flat(Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report --verify khong-co", "Không có thư mục")]
    [InlineData("report --verify .", "Không biết")]
    [InlineData("report", "Thiếu chiến dịch")]
    [InlineData("report mau --json", "--json chỉ dùng cùng --compare")]
    [InlineData("report mau --verify . --compare a b", "không đi cùng")]
    [InlineData("report mau --verify . --out x", "--verify không đi cùng --out")]
    public async Task What_cannot_be_asked_is_refused_with_what_to_do(string line, string said)
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(line.Split(' ')));

        Assert.Contains(said, Errors, StringComparison.Ordinal);
    }

    List<string> ReadEvents()
    {
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        return [.. db.Read($"select detail from event where what = 'report-written' order by id", row => row.Text(0)!)];
    }

    /// <summary>Adds to the figure of a status in tong-hop.csv.</summary>
    void Count(MessageStatus status, int more)
    {
        var item = $"\r\n{ReportWords.Of(status).Heading().Vi},";
        var text = File.ReadAllText(FileOf("tong-hop.csv"));
        var number = Regex.Match(text[(text.IndexOf(item, StringComparison.Ordinal) + item.Length)..], "^[0-9]+").Value;
        Edit("tong-hop.csv", item + number, item + (int.Parse(number, CultureInfo.InvariantCulture) + more));
    }

    static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>Lines are broken between words.</summary>
    static string Flat(string text) => string.Join(
        ' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
