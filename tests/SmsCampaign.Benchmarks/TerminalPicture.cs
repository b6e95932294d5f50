using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
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

    const int Columns = 110;
    const int CharacterWidth = 9;
    const int LineHeight = 20;
    const int Margin = 20;

    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static int Run(Arguments arguments)
    {
        var data = Directory.CreateTempSubdirectory("sms-campaign-picture-").FullName;
        try
        {
            var printed = Print(data);
            File.WriteAllText(Repository.PathOf(Path), Draw([$"$ {Command}", .. Choose(printed)]));
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

    /// <summary>One text element a line that was printed, with one tspan a line of the screen.</summary>
    static string Draw(IReadOnlyList<string> lines)
    {
        var row = 0;
        var texts = lines.Select(line => new XElement(
            Svg + "text",
            Wrap(line).Select(part => new XElement(
                Svg + "tspan",
                new XAttribute("x", Margin),
                new XAttribute("y", Number(Margin + (++row * LineHeight))),
                part)))).ToList();

        var (width, height) = ((Columns * CharacterWidth) + (2 * Margin), ((row + 1) * LineHeight) + (2 * Margin));
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XElement(Svg + "title", Command),
            new XElement(
                Svg + "rect",
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%"),
                new XAttribute("rx", "8"),
                new XAttribute("fill", "#1e1e2e")),
            new XElement(
                Svg + "g",
                new XAttribute("font-family", "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"),
                new XAttribute("font-size", "15"),
                new XAttribute("fill", "#e6e6e6"),
                texts));
        return picture.ToString().ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>At spaces, which stay at the ends of lines, so that the parts together are the line.</summary>
    static IEnumerable<string> Wrap(string line)
    {
        while (line.Length > Columns && line.LastIndexOf(' ', Columns - 1) is > 0 and var space)
        {
            yield return line[..(space + 1)];
            line = line[(space + 1)..];
        }

        yield return line;
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
