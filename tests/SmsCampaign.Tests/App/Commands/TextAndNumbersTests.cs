using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

public sealed class TextAndNumbersTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    [Fact]
    public async Task A_text_is_shown_with_its_parts_and_its_unaccented_twin()
    {
        var exit = await RunAsync("text", Write("tin.txt", Case.DakLak + "\n"));

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("  Unicode (UCS-2), 226 units", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "3GPP standard: 4 parts (last part holds 25, 42 left)", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  Toan dan tich cuc", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "3GPP standard: 2 parts (last part holds 73, 80 left)", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task A_text_with_an_offender_exits_with_2_and_says_where()
    {
        var file = Write("tin.txt", "Toàn dân:\ntheo Quy\u04C3t định");

        var exit = await RunAsync("text", file);

        Assert.Equal(ExitCode.InputHasProblems, exit);
        Assert.StartsWith(
            $"{file}:2:9: error: character 19, in 'Quy\u04C3t', U+04C3: ",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_line_is_a_message_and_an_object()
    {
        var exit = await RunAsync("text", "--json", Write("tin.txt", $"{Case.DakLak}\nph\uFFFDng & ngừa\n"));

        Assert.Equal(ExitCode.InputHasProblems, exit);
        var lines = Json();
        Assert.Equal(2, lines.Count);
        Assert.Equal("ucs2", lines[0].GetProperty("message").GetProperty("encoding").GetString());
        Assert.Equal(4, lines[0].GetProperty("message").GetProperty("parts").GetProperty("care").GetInt32());
        Assert.Equal(2, lines[0].GetProperty("unaccented").GetProperty("parts").GetProperty("standard").GetInt32());
        Assert.Equal(
            [("U+FFFD", "error"), ("U+0026", "warning")],
            lines[1].GetProperty("problems").EnumerateArray().Select(problem =>
                (problem.GetProperty("codePoint").GetString()!, problem.GetProperty("severity").GetString()!)));
    }

    [Theory]
    [InlineData("vi", ExitCode.InputHasProblems, "'Ƀ' is no letter of Vietnamese")]
    [InlineData("rad", ExitCode.Done, "")]
    [InlineData("cma", ExitCode.Done, "warning: There is no table of the letters of Maa")]
    [InlineData("tiếng Ê Đê", ExitCode.InputHasProblems, "'tiếng Ê Đê' is no language tag")]
    public async Task A_text_is_judged_by_the_letters_of_its_language(string language, int exit, string expected)
    {
        Assert.Equal(exit, await RunAsync("text", "--language", language, Write("tin.txt", "Ƀuôn Ama Thuột\n")));
        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, _errors.ToString().Length == 0);
    }

    [Fact]
    public async Task What_would_cost_without_diacritics_is_advice()
    {
        Assert.Equal(
            ExitCode.Done,
            await RunAsync("text", Write("tin.txt", "Nắng nóng trên 37°C, người dân hạn chế ra ngoài.\n")));

        Assert.Contains(
            "warning: '°' (U+00B0) in '37°C,' has no form without diacritics",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_read_with_carrier_and_rule()
    {
        var exit = await RunAsync("numbers", Write("so.txt", "0912 345 678\n01681234567\n024 3825 1234\n"));

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(
            [
                "84912345678\tVinaPhone\tprefix table",
                "84381234567\tViettel\tprefix table\tmapped from the old 11 digits",
                "024 3825 1234\texcluded: a fixed line",
            ],
            Lines());
    }

    [Theory]
    [InlineData("0912345678\n\n0983111222")]
    [InlineData("0912345678\r\n\r\n0983111222\r\n")]
    [InlineData("0912345678\r\r0983111222\r")]
    public async Task Lines_end_as_every_system_ends_them(string written)
    {
        await RunAsync("numbers", "--json", Write("so.txt", written));

        Assert.Equal(3, Lines().Count);
    }

    [Fact]
    public async Task Numbers_are_masked_where_asked()
    {
        await RunAsync("numbers", "--masked", Write("so.txt", "0912 345 678\n024 3825 1234\n"));

        Assert.Equal(["84912***678\tVinaPhone\tprefix table", "024 38***234\texcluded: a fixed line"], Lines());
    }

    [Fact]
    public async Task With_json_every_number_is_an_object()
    {
        await RunAsync("numbers", "--json", Write("so.txt", "912345678.0\n9.12E+08\n\n"));

        var lines = Json();
        Assert.Equal(3, lines.Count);
        Assert.Equal("84912345678", lines[0].GetProperty("number").GetString());
        Assert.Equal("vinaphone", lines[0].GetProperty("carrier").GetString());
        Assert.Equal("prefix", lines[0].GetProperty("rule").GetString());
        Assert.Equal(
            ["leadingZeroRestored", "decimalRead"],
            lines[0].GetProperty("repairs").EnumerateArray().Select(repair => repair.GetString()!));
        Assert.Equal("scientific", lines[1].GetProperty("reason").GetString());
        Assert.Equal("empty", lines[2].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_installations_ported_list_decides_first()
    {
        Write("ported.csv", "number,carrier\n0912345678,Viettel\n");
        Write(
            "smscampaign.json",
            File.ReadAllText(Repository.PathOf("config/smscampaign.json")).Replace(
                "../samples/dak-lak-2025/chuyen-mang.csv", "ported.csv", StringComparison.Ordinal));

        await RunAsync("numbers", Write("so.txt", "0912345678\n"));

        Assert.Equal(["84912345678\tViettel\tported-number list"], Lines());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("numbers")]
    public async Task Input_that_cannot_be_read_is_said_to_be_so(string verb)
    {
        var latin = _folder.File("latin.txt");
        File.WriteAllBytes(latin, [0x54, 0x6F, 0xE0, 0x6E]);

        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(verb, latin));
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync(verb, _folder.File("missing.txt")));
        Assert.Contains("not UTF-8", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("not found", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_said_to_be_one()
    {
        Assert.Equal(ExitCode.InputHasProblems, await RunAsync("text", _folder.File(".")));
        Assert.Contains("is a folder", _errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    Task<int> RunAsync(params string[] args)
    {
        foreach (var table in new[] { "prefixes.csv", "carriers.csv" })
            File.Copy(Repository.PathOf($"config/{table}"), _folder.File(table), overwrite: true);

        return CommandLine.RunAsync(
            [.. args, "--installation", _folder.File("smscampaign.json")],
            new Terminal(_output, _errors, Language.English, outputIsTerminal: false),
            CancellationToken.None);
    }

    List<string> Lines() =>
        [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    List<JsonElement> Json() => [.. Lines().Select(line => JsonDocument.Parse(line).RootElement)];

    string Write(string name, string content) => _folder.Write(name, content);
}
