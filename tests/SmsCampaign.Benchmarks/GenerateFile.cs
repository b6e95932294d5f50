using System.Text;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// generate --rows N --out FILE [--upkeep realworld]: a subscriber list of any length, as a workbook where FILE ends in
/// .xlsx. generate --sample FOLDER: the files of the sample of that name.
/// </summary>
static class GenerateFile
{
    public static int Run(Arguments arguments)
    {
        if (arguments.Text("sample") is { } folder)
        {
            var region = SampleRegion.Provinces.SingleOrDefault(
                region => region.Folder == Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)));
            var files = region is null ? SubscriberGenerator.MakeSample() : SubscriberGenerator.MakeSample(region);
            foreach (var (name, content) in files)
                File.WriteAllBytes(Path.Combine(folder, name), content);
            return 0;
        }

        var file = arguments.Text("out") ?? throw new ArgumentException("--out FILE is missing");
        var upkeep = arguments.Text("upkeep") == "realworld" ? ListUpkeep.RealWorld : ListUpkeep.Clean;

        var isWorkbook = Path.GetExtension(file) == ".xlsx";
        var csv = isWorkbook ? file + ".csv" : file;
        Write(csv, arguments.Number("rows", 1_000_000), upkeep);
        if (isWorkbook)
        {
            GenerateWorkbook.Write(file, csv);
            File.Delete(csv);
        }

        Console.WriteLine($"{file}: {new FileInfo(file).Length / 1_000_000.0:0.0} MB");
        return 0;
    }

    public static void Write(string file, int rows, ListUpkeep upkeep)
    {
        using var output = new StreamWriter(file, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        new SubscriberGenerator(SubscriberGenerator.SampleSeed, upkeep).Write(output, rows);
    }
}
