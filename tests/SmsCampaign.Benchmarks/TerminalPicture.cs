using System.Diagnostics;
using System.Text;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// picture: runs the README's main command and draws what it prints, as a terminal shows it, into
/// samples/dak-lak-2025/send.svg: its first two lines, a line of each lane half way, and its last.
/// </summary>
static class TerminalPicture
{
    const string Command =
        "dotnet run -c Release --project src/SmsCampaign.App -- send samples/dak-lak-2025/campaign.yaml --simulate";
    const string Path = "samples/dak-lak-2025/send.svg";

    public static int Run(Arguments arguments)
    {
        var data = Directory.CreateTempSubdirectory("sms-campaign-picture-").FullName;
        try
        {
            var printed = Print(data);
            File.WriteAllText(Repository.PathOf(Path), TerminalSvg.Draw(Command, [$"$ {Command}", .. Choose(printed)]));
            Console.WriteLine($"{Path}: {printed.Count} lines were printed");
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    static List<string> Print(string data)
    {
        var program = System.IO.Path.Combine(AppContext.BaseDirectory, "sms-campaign.dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, "send", "samples/dak-lak-2025/campaign.yaml", "--simulate", "--data", data])
        {
            WorkingDirectory = Repository.PathOf("."),
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        process.WaitForExit();
        return process.ExitCode == 0
            ? lines
            : throw new InvalidOperationException($"the command exited with {process.ExitCode}");
    }

    /// <summary>Progress is told lane by lane, again and again: of each lane the third time,
    /// where it is half way.</summary>
    static IEnumerable<string> Choose(List<string> printed)
    {
        var progress = printed
            .Where(line => line.Contains(": đã chuyển ", StringComparison.Ordinal))
            .GroupBy(line => line.Split(':')[0]);
        var halfWay = progress.Select(lane => lane.Take(3).Last());
        var last = printed.Last(line => line.StartsWith("Cân đối ", StringComparison.Ordinal));

        return [printed[0], printed[1], .. halfWay, "…", last];
    }
}
