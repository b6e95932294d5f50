using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Registry;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The installation's tables in PostgreSQL.</summary>
sealed class PostgresRegistryDb(PostgresPlace place) : IRegistryDb
{
    public Db Open() => place.Ledger.Open();

    public Db OpenToErase() => Open();

    /// <summary>What is deleted stays in the pages of a table until they are written anew.</summary>
    public Wording? Rewrite(bool mayWait)
    {
        if (!mayWait)
        {
            return new Wording(
                "đã xóa số, nhưng chưa ghi lại các bảng vì đang gửi tin hoặc sắp tới giờ gửi. Hãy chạy lại lệnh này "
                    + "sau.",
                "what was to be erased is, but the tables were not written anew, as messages are being sent or will be "
                    + "soon. Run this again later.");
        }

        using var db = Open();
        foreach (var table in (string[])["ported", "content", "carrier_number"])
            db.Execute($"vacuum full {PostgresNames.Quote(place.Schema)}.{table}");
        return null;
    }

    /// <summary>Connections are kept as it is.</summary>
    public IDisposable Watch() => new Nothing();

    public T Look<T>(Func<Db, T> look)
    {
        using var db = Open();
        return look(db);
    }

    sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
