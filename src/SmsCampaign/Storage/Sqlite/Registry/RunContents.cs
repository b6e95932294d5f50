using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Sqlite.Registry;

/// <summary>
/// What runs say to whom, as ledger.db keeps it: so that a copy of a campaign under another id is known for one, also when the
/// run's own file is gone.
/// </summary>
public sealed class RunContents(DataFolder data)
{
    /// <summary>Of the samples: of this installation alone.</summary>
    public long ReadKey()
    {
        using var db = Open();
        return db.ReadNumber("select key from content_key")!.Value;
    }

    public void Keep(string code, IEnumerable<RunContent> contents)
    {
        using var db = Open();
        db.Execute("begin immediate");
        using var add = db.Prepare("insert or replace into content (code, text, total, sample) values (?, ?, ?, ?)");
        foreach (var content in contents)
            add.Bind(1, code).Bind(2, content.Text).Bind(3, content.Total).Bind(4, Convert.ToHexString(content.Sample)).Run();
        db.Execute("commit");
    }

    public IReadOnlyList<RunContent> Read(string code)
    {
        var contents = new List<RunContent>();
        using var db = Open();
        using var read = db.Prepare("select text, total, sample from content where code = ?");
        read.Bind(1, code);
        while (read.Step())
            contents.Add(new RunContent(read.Text(0)!, read.Number(1), Convert.FromHexString(read.Text(2)!)));
        return contents;
    }

    SqliteDb Open()
    {
        var db = SqliteDb.Open(data.Ledger);
        try
        {
            Migrations.Apply(db, "Ledger");
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }
}
