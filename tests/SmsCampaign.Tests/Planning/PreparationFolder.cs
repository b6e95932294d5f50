using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

/// <summary>
/// A campaign of four subscribers with the installation and tables the program ships with, in a folder of its own.
/// </summary>
sealed class PreparationFolder : IDisposable
{
    public static readonly DateTimeOffset MorningBefore = new(2025, 7, 29, 9, 0, 0, TimeSpan.FromHours(7));

    readonly TempFolder _folder = new();

    public PreparationFolder()
    {
        foreach (var table in new[] { "prefixes.csv", "carriers.csv", "smscampaign.json" })
            File.Copy(Repository.PathOf("config/" + table), _folder.File(table));
        Edit("smscampaign.json", "../samples/dak-lak-2025/", "");
        _folder.Write("chuyen-mang.csv", "number,carrier\n0381234567,vinaphone\n");

        CampaignFile = _folder.Write("campaign.yaml", """
            id: thu-nghiem
            title: Thử nghiệm
            mode: exercise
            directive:
              issuer: UBND tỉnh
              item: "7"
              text: Toàn dân phòng, chống mua bán người
              reportTo: Công an tỉnh
              reportBy: 2025-09-30
            sender: CHINH PHU
            messages:
              - name: chung
                text: Toàn dân phòng, chống mua bán người
            schedule:
              date: 2025-07-30
              window: { from: "08:00", to: "20:00" }
              missed: start-late
              leftovers: next-day
            segments:
              - { name: toan-tinh, file: subscribers.csv, message: chung }
            suppression: [tu-choi.csv]
            lanes: [viettel, vinaphone]
            limits: { messages: 100, costVnd: 1000000 }
            """);
        Subscribers = _folder.Write(
            "subscribers.csv", "phone\n0981234561\n0981234562\n0911234563\n0981234564\n0262385001\n");
        _folder.Write("tu-choi.csv", "phone\n0981234564\n");
    }

    public FakeTimeProvider Time { get; } = new(MorningBefore);

    public string CampaignFile { get; }

    public string Subscribers { get; }

    public string Installation => _folder.File("smscampaign.json");

    public DataFolder Data => new(_folder.File("data"));

    public string Ledger(bool simulated = false) =>
        Data.Run(new RunKey("thu-nghiem", new DateOnly(2025, 7, 30), simulated));

    /// <summary>Replaces what stands in a file of the folder once.</summary>
    public void Edit(string file, string before, string after)
    {
        var path = _folder.File(file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{before}' does not stand in {file}");
        File.WriteAllText(path, text[..at] + after + text[(at + before.Length)..]);
    }

    public PreparationRequest Request(bool simulated = false, DateOnly? date = null) =>
        new(CampaignFile, Installation, date, simulated);

    public Preparation Check(bool simulated = false, DateOnly? date = null) =>
        new CampaignPreparation(Time).Check(Request(simulated, date), CancellationToken.None);

    /// <summary>As the verb does: with what the data folder knows of other runs.</summary>
    public Preparation CheckWithData(DateOnly? date = null) =>
        new CampaignPreparation(Time).Check(Request(date: date), CancellationToken.None, Data);

    /// <summary>Sends messages of a run as a process does that ends in order.</summary>
    /// <param name="results">What came of the carrier's messages, in sending order; null: none, as where a
    /// process is killed.</param>
    public async Task SendAsync(RunKey key, int carrier, params SendResult?[] results)
    {
        var lane = 0;
        using (var db = SqliteDb.Open(Data.Run(key), readOnly: true))
            lane = (int)db.ReadNumber($"select lane from batch where carrier = {carrier}")!.Value;

        var ledger = RunLedger.Open(Data.Run(key), new ProcessClock(Time), key, Data);
        await using (ledger)
        {
            for (var at = 0; at < results.Length; at++)
            {
                var seq = MessageSeq.Of(carrier, at + 1);
                var call = new PlannedCall(
                    lane,
                    new PlannedBatch(1, lane, 1, seq, seq, 1),
                    [new PlannedMessage(seq, 0)],
                    KeepCarrierReference: false);
                var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
                if (results[at] is { } result)
                    await ledger.FinishAsync(
                        [new CallResult(call, attempt, 0, new ProcessClock(Time).Now(), [result])]);
            }
        }
    }

    public Preparation Prepare(
        ChangedRun whenChanged = ChangedRun.Refuse, bool simulated = false, DateOnly? date = null) =>
        new CampaignPreparation(Time).Prepare(Request(simulated, date), Data, whenChanged, CancellationToken.None);

    public void Dispose() => _folder.Dispose();
}
