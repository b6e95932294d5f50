using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Messages;

public sealed class PrefixTableTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly List<Problem> _problems = [];

    [Theory]
    [InlineData("0321234567", "viettel")]
    [InlineData("0861234567", "viettel")]
    [InlineData("0981234567", "viettel")]
    [InlineData("0841234567", "vinaphone")]
    [InlineData("0911234567", "vinaphone")]
    [InlineData("0701234567", "mobifone")]
    [InlineData("0891234567", "mobifone")]
    [InlineData("0521234567", "vietnamobile")]
    [InlineData("0921234567", "vietnamobile")]
    [InlineData("0591234567", "gmobile")]
    [InlineData("0997234567", "gmobile")]
    [InlineData("0998234567", "indochina")] // the longer prefix has the last word over 099
    [InlineData("0551234567", "wintel")]
    [InlineData("0871234567", "itel")]
    public void The_longest_prefix_names_the_carrier(string number, string expected)
    {
        var table = Numbering.Prefixes;

        Assert.Equal(expected, table.Carriers[table.IndexOf(Numbering.Reader.Read(number).Number)]);
    }

    [Fact]
    public void A_prefix_nobody_holds_has_no_carrier() =>
        Assert.Equal(-1, Numbering.Prefixes.IndexOf(Numbering.Reader.Read("0951234567").Number));

    [Theory]
    [InlineData("Viettel", "viettel")]
    [InlineData("VIETTEL", "viettel")]
    [InlineData("VINA", "vinaphone")]
    [InlineData("VNPT", "vinaphone")]
    [InlineData("Vina Phone", "vinaphone")]
    [InlineData("VNPT-VinaPhone", "vinaphone")]
    [InlineData(" Mobi ", "mobifone")]
    [InlineData("MobiFone", "mobifone")]
    [InlineData("Mobi fone", "mobifone")]
    [InlineData("VNM", "vietnamobile")]
    [InlineData("Vietnamobile", "vietnamobile")]
    [InlineData("Gtel", "gmobile")]
    [InlineData("iTel", "itel")]
    [InlineData("Đông Dương", "indochina")]
    [InlineData("dong duong", "indochina")]
    public void A_carrier_is_known_by_what_people_call_it(string written, string expected)
    {
        var names = Numbering.Prefixes.Names;

        Assert.Equal(expected, names.Carriers[names.IndexOf(written)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Không rõ")]
    [InlineData("Vodafone")]
    [InlineData("a name far longer than any carrier of this world has ever had")]
    public void A_name_of_no_carrier_is_not_guessed_at(string written) =>
        Assert.Equal(-1, Numbering.Prefixes.Names.IndexOf(written));

    [Fact]
    public void A_table_a_spreadsheet_saved_is_read_alike()
    {
        Write("carriers.csv", "\uFEFFname;display;aliases\r\nviettel;Viettel;\r\n");
        Write("prefixes.csv", "\uFEFFprefix;carrier;source\r\n32;viettel;\"a; b\"\r\n");

        var table = Load();

        Assert.Empty(_problems);
        Assert.Equal(0, table.IndexOf(new PhoneNumber(84321234567)));
    }

    [Fact]
    public void Everything_wrong_is_listed_with_its_line()
    {
        Write("carriers.csv", "name,display,aliases\nviettel,Viettel,VT\nmobi fone,MobiFone,\nvinaphone,Vina,VT\n");
        Write("prefixes.csv", "# note\nprefix,carrier\n032,viettel\n032,viettel\n0x2,viettel\n091,vinafone\n"
            + "012,viettel\n0123456,viettel\n");

        Load();

        Assert.Equal(
            [
                "carriers.csv:3 name", "carriers.csv:4 aliases", "prefixes.csv:4 prefix", "prefixes.csv:5 prefix",
                "prefixes.csv:6 carrier", "prefixes.csv:7 prefix", "prefixes.csv:8 prefix",
            ],
            _problems.Select(
                problem => $"{Path.GetFileName(problem.Where!.File)}:{problem.Where.Line} {problem.Where.Key}"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("carrier,source\nviettel,x\n", "'prefix' is missing")]
    [InlineData("prefix,carrier\n032,viettel \xff\n", "not UTF-8")]
    public void A_file_that_is_no_prefix_table_says_so(string content, string expected)
    {
        Write("carriers.csv", "name,display,aliases\nviettel,Viettel,VT\n");
        File.WriteAllBytes(_folder.File("prefixes.csv"), System.Text.Encoding.Latin1.GetBytes(content));

        Load();

        Assert.Contains(expected, Assert.Single(_problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_problem_and_not_an_exception()
    {
        Load();

        Assert.Equal(2, _problems.Count);
    }

    public void Dispose() => _folder.Dispose();

    PrefixTable Load() => PrefixTable.Load(_folder.File("prefixes.csv"), _problems);

    void Write(string name, string content) => _folder.Write(name, content);
}
