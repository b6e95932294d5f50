using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// handbook-pictures: goes the handbook's ten steps by the real program, in a folder with nothing but what ships, on
/// the days on which an officer would, and draws what each prints into config/pictures. The days are made by
/// <c>faketime</c> (Debian: faketime).
/// </summary>
static partial class HandbookPictures
{
    const string Pictures = "config/pictures";
    const string Own = "config/campaigns/vi-du-30-7-hang-nam.yaml";
    const string Held = "config/campaigns/vi-du-30-7-don-vi.yaml";
    const string Clerk = "--by \"Trần Thị B, chuyên viên\"";
    const string Head = "--by \"Nguyễn Văn A, Phó Giám đốc\"";

    /// <summary>Lines of a picture at most; what is left out is marked.</summary>
    const int MostLines = 44;

    /// <summary>Where a picture shows several commands, the last lines of each: what came of it.</summary>
    const int LastLines = 9;

    /// <summary>In order: each finds what those before it left.</summary>
    static readonly Scene[] Scenes =
    [
        new("1-van-ban-giao-viec", "2027-07-01 09:00", ["new tinh-2027 --from-order cong-van.docx"]),
        new("3-kiem-tra", "2027-07-05 09:00", [$"check {Own}"]),
        new("4-dien-tap", "2027-07-06 09:00",
            ["rehearse samples/dak-lak-2025/campaign.yaml --outage vinaphone@08:00-08:10 --power-cut 08:05-08:07"]),
        new("", "2027-07-07 09:00", [$"plan {Own}"]),
        new("5-phe-duyet", "2027-07-07 09:30",
        [
            $"submit {Own} {Clerk} --note \"Đã rà danh sách với các xã\" --code MÃ",
            $"approve {Own} {Head} --document \"123/QĐ-SKHCN\" --code MÃ",
        ]),
        new("4-cong-van", "2027-07-08 09:00", [$"order {Held}"]),
        new("", "2027-07-08 14:00", [$"plan {Held}", $"approve {Held} {Head}"]),
        new("6-gui-cong-van", "2027-07-09 09:00",
        [
            $"order sent vi-du-30-7-don-vi --holder mobifone --document \"13/SKHCN-BCVT\" {Clerk}",
            $"order sent vi-du-30-7-don-vi --holder viettel --document \"12/SKHCN-BCVT\" {Clerk}",
            $"order ack vi-du-30-7-don-vi --holder viettel --rate 300 {Clerk}",
        ]),
        new("6-san-sang", "2027-07-29 17:00", ["ready vi-du-30-7-hang-nam"]),
        new("7-tinh-hinh", "2027-07-29 17:05", ["status"]),
        new("8-nhap-bao-cao", "2027-08-04 09:00",
            [$"import-results bao-cao-viettel.csv --holder viettel {Clerk}"]),
        new("", "2027-08-05 09:00", ["send samples/dak-lak-2025/campaign.yaml --simulate"]),
        new("9-bao-cao", "2027-08-05 10:00", ["report dak-lak-2025 --simulate"]),
        new("10-nop-bao-cao", "2027-09-01 09:00",
            [$"report --submitted \"123/BC-SKHCN\" {Clerk} vi-du-30-7-don-vi --date 30/7/2027"]),
    ];

    public static int Run(Arguments arguments)
    {
        if (!File.Exists("/usr/bin/faketime"))
            throw new InvalidOperationException("faketime is not installed (Debian: apt-get install faketime)");

        var folder = Directory.CreateTempSubdirectory("sms-campaign-handbook-").FullName;
        try
        {
            Fill(folder);
            Directory.CreateDirectory(Repository.PathOf(Pictures));
            var code = "";
            foreach (var scene in Scenes)
            {
                var lines = new List<string>();
                foreach (var typed in scene.Commands)
                {
                    var command = typed.Replace("MÃ", code, StringComparison.Ordinal);
                    var printed = Print(folder, scene.At, command);
                    if (Code().Match(printed) is { Success: true } found)
                        code = found.Groups["code"].Value;
                    lines.AddRange([.. lines.Count > 0 ? [""] : Array.Empty<string>(), $"$ sms-campaign {command}"]);
                    lines.AddRange(Cut(printed.TrimEnd('\n').Split('\n'), scene.Commands.Count == 1));
                }

                if (scene.Picture.Length == 0)
                    continue;

                var path = $"{Pictures}/{scene.Picture}.svg";
                File.WriteAllText(
                    Repository.PathOf(path),
                    TerminalSvg.Draw(
                        string.Join("; ", scene.Commands.Select(command => $"sms-campaign {command}")), lines));
                Console.WriteLine($"{path}: {lines.Count} lines");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string[] Cut(string[] lines, bool isAlone) =>
        lines.Length <= (isAlone ? MostLines : LastLines) ? lines
        : isAlone ? [.. lines[..(MostLines - 1)], "…"]
        : ["…", .. lines[^LastLines..]];

    static void Fill(string folder)
    {
        foreach (var from in new[] { "config", "samples" })
        {
            var root = Repository.PathOf(from);
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(folder, from, Path.GetRelativePath(root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        WordFile.Write(Path.Combine(folder, "cong-van.docx"), File.ReadAllText(
            Repository.PathOf("tests/SmsCampaign.Tests/Directives/Cases/dien-bien-2025.word")));
        File.WriteAllText(
            Path.Combine(folder, "bao-cao-viettel.csv"),
            "Địa bàn,Đã gửi,Thành công,Không thành công\nĐắk Lắk,1438720,1401955,36765\n");
    }

    /// <returns>Both streams as they come at a terminal, without what is peculiar to this machine.</returns>
    static string Print(string folder, string at, string command)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sms-campaign.dll");
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", $"exec faketime '{at}' dotnet '{program}' {command} 2>&1"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TZ"] = "Asia/Ho_Chi_Minh";

        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return printed.ReplaceLineEndings("\n")
            .Replace(folder + "/", "", StringComparison.Ordinal)
            .Replace(
                $"{Environment.UserName}@{Environment.MachineName}", "an@may-chu", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"approve --code\): (?<code>[0-9a-f]{12})", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    /// <param name="Picture">Name of its file, without the ending; empty: only done.</param>
    /// <param name="At">Vietnam time.</param>
    /// <param name="Commands">As the officer types them, without the program's name. MÃ stands for the code that the
    /// plan before printed.</param>
    sealed record Scene(string Picture, string At, IReadOnlyList<string> Commands);
}
