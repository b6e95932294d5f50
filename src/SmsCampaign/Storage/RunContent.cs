using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>A text of a run, and who gets it.</summary>
/// <param name="Text">Hash of the text, alike for texts that a reader takes for the same: <see cref="HashOf"/>.</param>
/// <param name="Total">Numbers that get it.</param>
/// <param name="Sample">Of those numbers: <c>AudienceSketch</c>.</param>
public sealed record RunContent(string Text, long Total, byte[] Sample)
{
    /// <summary>Composed (NFC), without regard to white space and case.</summary>
    public static string HashOf(string text)
    {
        var same = new StringBuilder();
        foreach (var word in text.Normalize(NormalizationForm.FormC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            same.Append(word).Append(' ');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(same.ToString())));
    }
}

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
