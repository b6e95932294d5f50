using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables content and content_key of ledger.db.</summary>
sealed class RunContents(IRegistryDb file) : IRunContents
{
    public long ReadKey()
    {
        using var db = file.Open();
        return db.FindNumber($"select key from content_key")!.Value;
    }

    public void Keep(string code, IReadOnlyCollection<RunContent> contents)
    {
        using var db = file.Open();
        db.Transact(() =>
        {
            foreach (var content in contents)
            {
                db.Run($"""
                    insert into content (code, text, total, sample)
                    values ({code}, {content.Text}, {content.Total}, {Convert.ToHexString(content.Sample)})
                    on conflict (code, text) do update
                    set total = excluded.total, sample = excluded.sample, key = '', up_to = 0
                    """);
            }
        });
    }

    public IReadOnlyList<RunContent> Read(string code)
    {
        using var db = file.Open();
        return db.Read(
            $"select text, total, sample, key, up_to from content where code = {code}",
            row => new RunContent(row.Text(0)!, row.Number(1), Convert.FromHexString(row.Text(2)!))
            {
                KeyId = row.Text(3)!,
                UpTo = (ulong)row.Number(4),
            });
    }
}
