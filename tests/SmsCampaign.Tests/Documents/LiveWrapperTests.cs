using System.Diagnostics;
using System.Text.RegularExpressions;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>What an officer may run as the service's account, by config/sms-campaign-live: the script itself, with a
/// stand-in for systemd-run that prints what it was given.</summary>
public sealed partial class LiveWrapperTests : IDisposable
{
    /// <summary>Of the engineer alone: they delete for good, run without end, or change the machine.</summary>
    static readonly string[] Engineers = ["worker", "watch", "simulate", "receipts", "install", "console", "user"];

    /// <summary>Of whoever types it, as himself: what it makes is to be edited by him.</summary>
    const string Own = "new";

    readonly TempFolder _folder = new();

    public LiveWrapperTests()
    {
        Machine.NeedsUnix("the wrapper is a script of sh");
        if (OperatingSystem.IsWindows())
            return;
        var stand = _folder.Write("systemd-run", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        File.SetUnixFileMode(stand, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_verb_is_either_an_officers_or_the_engineers()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, Language.English, outputIsTerminal: false);
        var verbs = CommandLine.Verbs.Select(create => create(terminal).Name).Order(StringComparer.Ordinal);

        Assert.Equal(verbs, OfOfficers().Concat(Engineers).Append(Own).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_verb_runs_as_the_service_on_its_data_with_its_settings()
    {
        var (code, output, _) = Run("status", "dak-lak-2025", "--lang", "en");

        Assert.Equal(0, code);
        Assert.Contains("--uid=sms-campaign", output);
        Assert.EndsWith(
            "/opt/sms-campaign/sms-campaign\nstatus\ndak-lak-2025\n--lang\nen\n--data\n/var/lib/sms-campaign\n"
                + "--installation\n/etc/sms-campaign/smscampaign.json\n",
            output);
    }

    [Fact]
    public void An_engineers_verb_is_refused_in_both_languages()
    {
        foreach (var verb in Engineers.Append("").Append("nosuch"))
        {
            var (code, output, errors) = Run(verb, "x");

            Assert.Equal((1, ""), (code, output));
            Assert.Contains($"'{verb}' không phải lệnh dành cho cán bộ", errors);
            Assert.Contains($"'{verb}' is no verb for officers", errors);
        }
    }

    [Fact]
    public void What_makes_files_to_be_edited_is_left_to_ones_own_account_in_both_languages()
    {
        var (code, output, errors) = Run(Own, "x", "--from", "samples/dak-lak-2025");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("hãy gõ 'sms-campaign new', không có sudo", errors);
        Assert.Contains("run 'sms-campaign new', without sudo", errors);
    }

    [Theory]
    [InlineData("--installation", "/home/an/other.json")]
    [InlineData("--installation=/home/an/other.json")]
    [InlineData("--installation:/home/an/other.json")]
    [InlineData("--data", "/home/an")]
    [InlineData("--data=/home/an")]
    [InlineData("@/home/an/arguments")]
    public void Other_data_and_other_settings_are_refused_as_they_could_send_the_secrets_elsewhere(
        params string[] arguments)
    {
        var (code, output, errors) = Run(["doctor", .. arguments]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("leave out", errors);
    }

    /// <summary>Behind it data and settings of the service would be read as names, and who typed it told of what he has
    /// not typed.</summary>
    [Theory]
    [InlineData("--")]
    [InlineData("--", "--installation", "x")]
    [InlineData("dak-lak-2025", "--")]
    public void Two_dashes_alone_are_refused_as_what_they_are(params string[] arguments)
    {
        var (code, output, errors) = Run(["status", .. arguments]);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            "sms-campaign-live: bỏ '--': lệnh này không nhận '--', mọi tùy chọn ghi thẳng sau lệnh.\n"
                + "sms-campaign-live: leave out '--': it is not taken here, options stand right behind the verb.\n",
            errors);
    }

    static string[] OfOfficers()
    {
        var script = File.ReadAllText(Repository.PathOf("config/sms-campaign-live"));
        var verbs = VerbList().Match(script).Groups[1].Value;
        return [.. verbs.Replace("\\\n", "").Split('|', StringSplitOptions.TrimEntries)];
    }

    (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [Repository.PathOf("config/sms-campaign-live"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    [GeneratedRegex(@"# Looks, and prepares\.\n((?:.|\n)*?)\|[ \\\n]*--help")]
    private static partial Regex VerbList();
}
