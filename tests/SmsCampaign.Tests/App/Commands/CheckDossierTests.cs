using System.Xml.Linq;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary><c>check</c> as what is signed is made of it: on the screen, behind a &gt;, and as files.</summary>
public sealed class CheckDossierTests : IDisposable
{
    readonly PreparationFolder _folder = new();
    readonly TempFolder _out = new();

    public CheckDossierTests() =>
        _folder.Edit("subscribers.csv", "0911234563", "0911234563\n0993234561"); // of a carrier without a lane

    public void Dispose()
    {
        _folder.Dispose();
        _out.Dispose();
    }

    [Fact]
    public async Task Warnings_belong_to_what_is_shown_and_their_total_stands_at_its_end()
    {
        var (exit, output, errors) = await RunAsync("--simulate");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal("", errors);
        Assert.Contains("CẢNH BÁO (1)", output, StringComparison.Ordinal);
        Assert.Contains("cảnh báo: ", output, StringComparison.Ordinal);
        Assert.EndsWith("0 lỗi, 1 cảnh báo.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_told_apart_with_how_many_of_both_there_are()
    {
        _folder.Edit("campaign.yaml", "messages: 100,", "messages: 2,");

        var (exit, output, errors) = await RunAsync("--simulate");

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.Contains("CẢNH BÁO (1)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("cảnh báo: ", errors, StringComparison.Ordinal);
        Assert.Contains("vượt mức 2 tin", errors, StringComparison.Ordinal);
        Assert.EndsWith(
            "1 lỗi, 1 cảnh báo. Hãy sửa các lỗi trên rồi chạy lại.", errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_at_all_is_told_with_the_total_too()
    {
        _folder.Edit("campaign.yaml", "sender: CHINH PHU", "sender: ''");

        var (_, output, errors) = await RunAsync("--simulate");

        Assert.Equal("", output);
        Assert.Matches("\\d+ lỗi, \\d+ cảnh báo\\. Hãy sửa các lỗi trên rồi chạy lại\\.\\s*$", errors);
    }

    [Fact]
    public async Task No_dossier_is_written_in_the_place_of_a_file_nor_through_a_link()
    {
        var file = Path.Combine(_out.Path, "tep");
        File.WriteAllText(file, "x");
        var (exit, _, errors) = await RunAsync("--simulate", "--out", file);
        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.EndsWith(
            $"Không ghi được hồ sơ: {file} là một tệp. Hãy chỉ một thư mục bằng --out.",
            errors.TrimEnd(),
            StringComparison.Ordinal);

        var (link, elsewhere) = (
            Path.Combine(_out.Path, "lien-ket"),
            Directory.CreateDirectory(Path.Combine(_out.Path, "noi-khac")).FullName);
        Directory.CreateSymbolicLink(link, elsewhere);
        // with the slash it is what it leads to
        foreach (var written in new[] { link, link + Path.DirectorySeparatorChar })
        {
            (exit, _, errors) = await RunAsync("--simulate", "--out", written);
            Assert.Equal(ExitCode.CouldNot, exit);
            Assert.Contains(
                $"{link} là một liên kết (tới {elsewhere}), nên không ghi hồ sơ vào đó.",
                errors,
                StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        }
    }

    [Fact]
    public async Task Where_no_dossier_is_written_it_is_said()
    {
        _folder.Edit("campaign.yaml", "sender: CHINH PHU", "sender: ''");
        var (exit, _, errors) = await RunAsync("--simulate", "--out", _out.Path);
        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.EndsWith("Chưa ghi hồ sơ: phải sửa các lỗi trên trước.", errors.TrimEnd(), StringComparison.Ordinal);

        (exit, _, errors) = await RunAsync("--simulate", "--json", "--out", _out.Path);
        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.StartsWith("--out không dùng cùng --json: hãy chọn một.", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_out.Path));
    }

    [Fact]
    public async Task The_dossier_is_written_as_text_and_as_a_page_that_needs_nothing_else()
    {
        _folder.Edit("campaign.yaml", "title: Thử nghiệm", "title: 'Thử <b>nghiệm</b> & <script>alert(1)</script>'");

        var (exit, output, errors) = await RunAsync("--simulate", "--out", _out.File("ho-so"));

        Assert.True(exit == ExitCode.Done, errors);
        var name = "kiem-tra-thu-nghiem-2025-07-30-mo-phong";
        Assert.Equal(
            [name + ".html", name + ".txt"], Directory.GetFiles(_out.File("ho-so")).Select(Path.GetFileName).Order());
        Assert.Contains(_out.File("ho-so/" + name), output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(_out.File($"ho-so/{name}.txt"));
        Assert.Contains("\r\nCẢNH BÁO (1)\r\n", text, StringComparison.Ordinal);
        Assert.Contains("0 lỗi, 1 cảnh báo. Lập lúc 29/07/2025 09:00 (giờ Việt Nam)", text, StringComparison.Ordinal);

        var html = await File.ReadAllTextAsync(_out.File($"ho-so/{name}.html"));
        Assert.Contains("<html lang=\"vi\">", html, StringComparison.Ordinal);
        Assert.Contains("size: A4", html, StringComparison.Ordinal);
        Assert.Contains("Toàn dân phòng, chống mua bán người", html, StringComparison.Ordinal);
        Assert.Contains("CẢNH BÁO (1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src=|href=|url\\(|@import)", html);

        // All of what is shown, and each element closed.
        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)
            .Replace("\">\n<meta", "\"/>\n<meta", StringComparison.Ordinal)
            .Replace("'unsafe-inline'\">", "'unsafe-inline'\"/>", StringComparison.Ordinal));
        var shown = Shown.Flat(
            string.Join(' ', page.Descendants().Where(each => !each.HasElements).Select(each => each.Value)));
        foreach (var line in text.Split("\r\n").Skip(1).Where(line => !line.Contains("   ", StringComparison.Ordinal)))
            Assert.Contains(line.Trim(), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_dossier_is_not_followed()
    {
        var elsewhere = _out.Write("elsewhere.txt", "other");
        File.CreateSymbolicLink(_out.File("kiem-tra-thu-nghiem-2025-07-30-mo-phong.txt"), elsewhere);

        var (exit, _, _) = await RunAsync("--simulate", "--out", _out.Path);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal("other", await File.ReadAllTextAsync(elsewhere));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_told()
    {
        var (exit, _, errors) = await RunAsync("--simulate", "--out", Path.Combine(_folder.CampaignFile, "x"));

        Assert.Equal(ExitCode.CouldNot, exit);
        Assert.Contains("Không ghi được hồ sơ vào", errors, StringComparison.Ordinal);
        EnglishWords.AssertNone(errors);
    }

    async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] all =
        [
            "check", _folder.CampaignFile, .. args, "--data", _folder.Data.Root, "--installation", _folder.Installation,
        ];
        var exit = await CommandLine.RunAsync(
            all,
            new Terminal(output, errors, Language.Vietnamese, false) { Time = _folder.Time },
            CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
