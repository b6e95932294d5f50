using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Letters;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Letters;

/// <summary>A PDF of a letter, by a program that stands in for LibreOffice.</summary>
public sealed class OfficePrinterTests : IDisposable
{
    /// <summary>Writes what LibreOffice would, of each document, into the folder it is given.</summary>
    internal const string Writes = """
        while [ "$1" != --outdir ]; do shift; done
        out=$2; shift 2
        for document in "$@"; do
          name=$(basename "$document" .docx)
          printf '%%PDF-1.7\n%s\n%%%%EOF\n' "$(wc -c < "$document")" > "$out/$name.pdf"
        done
        """;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_letter_gets_a_pdf_of_its_name_by_a_profile_of_its_own()
    {
        var (one, two) = (_folder.Write("mot.docx", "1"), _folder.Write("hai.docx", "22"));
        var office = Office(_folder, $"""
            echo "$@" > {_folder.File("said")}
            {Writes}
            """);

        Assert.Null(new OfficePrinter(office).Print([one, two], _folder.File("office")));

        Assert.StartsWith("%PDF-", File.ReadAllText(_folder.File("mot.pdf")), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("hai.pdf")));
        var said = File.ReadAllText(_folder.File("said"));
        Assert.Contains("--headless", said, StringComparison.Ordinal);
        Assert.Contains(
            $"-env:UserInstallation=file://{_folder.File("office")}/profile", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo loi-rieng >&2; exit 3", "mã 3: loi-rieng")]
    [InlineData("exit 0", "nguyên vẹn")]
    [InlineData("printf '%%PDF-1.7 half' > \"$9/mot.pdf\"", "nguyên vẹn")]
    public void Where_it_fails_it_is_said_and_no_pdf_is_there(string script, string said)
    {
        var document = _folder.Write("mot.docx", "1");

        var why = new OfficePrinter(Office(_folder, script)).Print([document], _folder.File("office"));

        Assert.Contains(said, why!.Value.In(Language.Vietnamese), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("mot.pdf")));
    }

    [Fact]
    public void Where_it_is_missing_it_is_said()
    {
        var why = new OfficePrinter(_folder.File("khong-co")).Print([], _folder.File("office"));

        Assert.Contains("không có LibreOffice", why!.Value.In(Language.Vietnamese), StringComparison.Ordinal);
    }

    /// <summary>What it has started is ended with it.</summary>
    [Fact]
    public void One_that_hangs_is_ended_with_what_it_has_started()
    {
        var document = _folder.Write("mot.docx", "1");
        var office = Office(_folder, $"""
            sleep 1000 &
            echo $! > {_folder.File("child")}
            wait
            """);

        var why = new OfficePrinter(office, TimeSpan.FromSeconds(3)).Print([document], _folder.File("office"));

        Assert.Contains("bị ngắt", why!.Value.In(Language.Vietnamese), StringComparison.Ordinal);
        var child = int.Parse(File.ReadAllText(_folder.File("child")), CultureInfo.InvariantCulture);
        Assert.True(IsGone(child), "what LibreOffice had started still runs");
    }

    /// <summary>A program of that script, as a shell runs it.</summary>
    internal static string Office(TempFolder folder, string script)
    {
        var file = folder.Write("soffice", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WaitForExit(TimeSpan.FromSeconds(20));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
