using System.IO.Compression;
using MiniExcelLibs;

namespace SmsCampaign.Tests.Fuzz;

/// <summary>An audience as a workbook: mostly one of its parts broken inside a sound archive, else
/// the archive itself.</summary>
sealed class XlsxTarget : IFuzzTarget
{
    static readonly string[] Tokens =
    [
        "<row>",
        "</row>",
        "<c r=\"A1\" t=\"s\">",
        "<v>",
        "</v>",
        "r=\"XFD1048576\"",
        "r=\"A0\"",
        "t=\"s\"",
        "t=\"inlineStr\"",
        "<is><t>",
        "&#0;",
        "&amp;",
        "<!DOCTYPE x [<!ENTITY e \"e\">]>",
        "&e;",
        "]]>",
        "<!--",
        "-->",
        "xml:space=\"preserve\"",
        "999999999",
        "0912345678",
        "<sheet name=\"x\" sheetId=\"9\" r:id=\"rId99\"/>",
        "spans=\"1:99999\"",
    ];

    readonly AudienceFuzz _audience = new("subscribers.xlsx");
    readonly List<(string Name, byte[] Content)> _parts = [];
    readonly List<Mutator> _mutators = [];
    readonly Mutator _archive;
    readonly int _seed;

    public XlsxTarget(int seed)
    {
        _seed = seed;
        using var workbook = new MemoryStream();
        workbook.SaveAs(Enumerable.Range(1, 20).Select(at => new Dictionary<string, object>
        {
            ["STT"] = at,
            ["Số điện thoại"] = $"09123456{at:00}",
            ["xã/phường"] = at % 3 == 0 ? "Ea Bung" : "Buôn Đôn",
        }));

        using (var zip = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = new MemoryStream();
                using (var stream = entry.Open())
                    stream.CopyTo(content);
                _parts.Add((entry.FullName, content.ToArray()));
                _mutators.Add(new Mutator(seed, [content.ToArray()], Tokens));
            }
        }

        _archive = new Mutator(
            seed,
            [workbook.ToArray()],
            ["PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "xl/worksheets/sheet1.xml", "../../x"]);
    }

    public bool Try(int number)
    {
        var random = Mutator.RandomOf(_seed, number, 1);
        File.WriteAllBytes(
            _audience.File, random.Next(10) == 0 ? _archive.Make(number) : Archive(random.Next(_parts.Count), number));
        return _audience.Import(number);
    }

    public void Dispose() => _audience.Dispose();

    byte[] Archive(int broken, int number)
    {
        using var made = new MemoryStream();
        using (var zip = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var at = 0; at < _parts.Count; at++)
            {
                using var stream = zip.CreateEntry(_parts[at].Name, CompressionLevel.NoCompression).Open();
                stream.Write(at == broken ? _mutators[at].Make(number) : _parts[at].Content);
            }
        }

        return made.ToArray();
    }
}
