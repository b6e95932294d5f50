using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Reports;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>A run of <see cref="SmallLedger"/> that is over and reported on, and whoever works with the
/// report.</summary>
public abstract class ReportFolderCase : IDisposable
{
    private protected static readonly DateTimeOffset Noon = new(2025, 7, 30, 5, 0, 0, TimeSpan.Zero);

    private protected static readonly RunKey Key = new("mau", new DateOnly(2025, 7, 30), Simulated: false);

    private protected readonly TempFolder _folder = new();
    StringWriter _output = new();
    StringWriter _errors = new();

    protected ReportFolderCase()
    {
        File.Move(SmallLedger.Make(_folder.File("made")), Made(Data.Run(Key)));
        SmallLedger.Change(
            Data.Run(Key),
            "update run_info set value = '0' where name = 'simulated'; "
                + "update run_info set value = 'live' where name = 'mode'");
        Registry.AddRun(
            new RunRecord
            {
                Key = Key.ToString(),
                Campaign = Key.Campaign,
                Date = Key.DateText,
                Code = "mau2025",
                State = RunState.Finished,
                File = Path.GetRelativePath(Data.Root, Data.Run(Key)),
                CampaignFile = _folder.File("mau.yaml"),
                Definition = "id: mau",
                DefinitionHash = "d",
                AudienceHash = "a",
                PlanHash = "p",
            },
            Noon);
    }

    private protected DataFolder Data => new(_folder.Path);

    private protected IRegistry Registry => Ledgers.OpenRegistry(Data);

    private protected string Report => _folder.File("bao-cao");

    private protected string Output => _output.ToString();

    private protected string Errors => _errors.ToString();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is said is of this command alone.</summary>
    private protected async Task<int> RunAsync(params string[] args)
    {
        (_output, _errors) = (new StringWriter(), new StringWriter());
        return await CommandLine.RunAsync(
            [.. args, "--data", _folder.Path],
            new Terminal(_output, _errors, SharedOptions.LanguageOf(args), outputIsTerminal: false)
            {
                Time = new FakeTimeProvider(Noon),
            },
            CancellationToken.None);
    }

    private protected async Task WriteAsync(params string[] more) =>
        Assert.Equal(ExitCode.Done, await RunAsync(["report", "mau", "--out", Report, .. more]));

    private protected string FileOf(string name) => Path.Combine(Report, name);

    /// <summary>Replaces what stands once in a file of the report.</summary>
    private protected void Edit(string name, string before, string after)
    {
        var text = File.ReadAllText(FileOf(name));
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(FileOf(name), text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>A message of which nobody knew is with its phone.</summary>
    private protected void Deliver() => SetStatus(MessageStatus.Delivered);

    /// <summary>Of that message.</summary>
    private protected void SetStatus(MessageStatus status)
    {
        SmallLedger.Change(Data.Run(Key), string.Create(
            CultureInfo.InvariantCulture,
            $"update state set status = {(int)status} where seq = {MessageSeq.Of(1, 3)}"));
        SomeRun.Recount(Data.Run(Key));
    }

    static string Made(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
