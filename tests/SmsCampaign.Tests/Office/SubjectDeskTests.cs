using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>One subscriber's number among thousands: what is left of it in the bytes of files.</summary>
[Trait("Category", "Slow")]
public sealed class SubjectDeskTests : IDisposable
{
    const int Many = 3000;

    /// <summary>Numbers that are erased, so that some had been moved about in the files before.</summary>
    const int Erased = 40;

    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly Who Officer = Who.Here("Nguyễn Văn A");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    DataFolder Data => _folder.Data;

    string Receipts => Path.Combine(Data.Root, "receipts-2025-07.db");

    [Fact]
    public void No_copy_of_a_number_is_left_in_gaps_of_the_runs_ledger()
    {
        Prepare();

        Assert.All(Chosen, number => Erase(number));

        Assert.Empty(FindIn(Data.Run(Key)));
    }

    [Fact]
    public void Nor_in_those_of_receipts_and_of_what_gateways_said_of_networks()
    {
        Prepare();
        AddReceipts();
        AddPorted();

        Assert.All(Chosen, number => Assert.Equal(1, Erase(number).Receipts));

        Assert.Empty(FindIn(Receipts));
        Assert.Empty(FindIn(Data.Ledger));
    }

    [Fact]
    public void What_an_older_program_left_goes_as_it_is_asked_for_again()
    {
        Prepare();
        AddReceipts();
        Assert.Empty(Erase(Chosen.First()).Stale);
        Leave(Data.Run(Key), asText: false);
        Leave(Receipts, asText: true);
        Execute(Receipts, "delete from progress where name = 'rewritten'"); // it never wrote one
        var number = Chosen.First();
        Assert.Contains(number, FindIn(Data.Run(Key)));
        Assert.Contains(number, FindIn(Receipts));

        Assert.Empty(Erase(number).Erased);

        Assert.DoesNotContain(number, FindIn(Data.Run(Key)));
        Assert.DoesNotContain(number, FindIn(Receipts));
    }

    [Fact]
    public void While_messages_are_sent_files_that_runs_share_wait_which_is_said_and_made_good()
    {
        Prepare();
        AddReceipts();
        Execute(Data.Ledger, "update run set state = 'Sending'");

        var erased = Erase(Chosen.First());

        Assert.Equal(2, erased.Stale.Count);
        Assert.All(erased.Stale, why => Assert.Contains("đang gửi tin", why.Vi, StringComparison.Ordinal));

        Execute(Data.Ledger, "update run set state = 'Finished'");
        Assert.Empty(Erase(Chosen.First()).Stale);
    }

    [Fact]
    public void Where_the_disk_has_no_room_to_write_a_file_anew_it_is_said_how_much_that_takes()
    {
        Prepare();
        using var db = SqliteDb.Open(Data.Ledger);

        var stale = Erasing.Rewrite(db, mayWait: true, room: _ => 1_000);

        Assert.Contains("MB trống, đĩa còn 0 MB", stale!.Value.Vi, StringComparison.Ordinal);
        Assert.Null(Erasing.Rewrite(db, mayWait: true, room: _ => null));
    }

    [Fact]
    public void A_run_whose_numbers_a_person_wants_kept_keeps_them_and_is_named_until_it_is_released()
    {
        Prepare();
        AddReceipts();
        var run = Ledgers.OpenRegistry(Data).Find(Key)!;
        Execute(Receipts, $"update receipt set query = query || '&ref={run.Code}'");
        var purge = new PurgeDesk(Data, _folder.Time);
        purge.Hold(Officer, run, "kiện tụng", isHeld: true);
        var number = Chosen.First();

        var kept = Erase(number);

        Assert.Equal((Key.ToString(), "kiện tụng"), (Assert.Single(kept.Held).Run.Key, kept.Held[0].Hold.Reason));
        Assert.Equal((0, 0, 0L), (kept.Erased.Count, kept.Waiting.Count, kept.Receipts));
        Assert.Contains(number, FindIn(Data.Run(Key)));
        Assert.Contains(number, FindIn(Receipts));
        Assert.False(Assert.Single(Ledgers.OpenRegistry(Data).Purges.ReadErased()).IsDone);

        purge.Hold(Officer, run, "xong", isHeld: false);
        var erased = Erase(number);
        Assert.Equal((1, 1L, 0), (erased.Erased.Count, erased.Receipts, erased.Held.Count));
        Assert.DoesNotContain(number, FindIn(Data.Run(Key)));
        Assert.DoesNotContain(number, FindIn(Receipts));
    }

    [Fact]
    public void What_is_asked_for_is_not_done_while_a_receipt_has_the_number_that_is_not_settled_or_is_set_aside()
    {
        Prepare();
        AddReceipts();
        var (number, last) = (NumberOf(Many - 1), NumberOf(Many - 2));
        Execute(Receipts, $"""
            update progress set id = {Many - 1} where name = 'settled';
            insert into oddity (receipt, item, kind, detail) values ({Many - 1}, 0, 'SetAside', '')
            """);

        Assert.Equal((0L, 1L), Receipt(Erase(number)));
        Assert.Equal((0L, 1L), Receipt(Erase(last)));
        Assert.All(Ledgers.OpenRegistry(Data).Purges.ReadErased(), subject => Assert.False(subject.IsDone));

        Execute(Receipts, $"update progress set id = {Many} where name = 'settled'; delete from oddity");
        Assert.Equal((1L, 0L), Receipt(Erase(number)));
        Assert.Equal((1L, 0L), Receipt(Erase(last)));
        Assert.All(Ledgers.OpenRegistry(Data).Purges.ReadErased(), subject => Assert.True(subject.IsDone));

        static (long Erased, long Left) Receipt(SubjectErased erased) => (erased.Receipts, erased.Left);
    }

    SubjectErased Erase(long number) =>
        new SubjectDesk(Data, _folder.Time).Erase(Officer, new PhoneNumber(number), "đơn");

    /// <summary>Of the audience, which is in no order.</summary>
    static long NumberOf(int at) => 84_981_000_000 + at * 7919L % 1_000_000;

    static IEnumerable<long> Chosen => Enumerable.Range(0, Erased).Select(at => NumberOf(at * 61));

    /// <summary>A run of thousands that is over, with nothing open.</summary>
    void Prepare()
    {
        var file = new StringBuilder("phone\n");
        for (var at = 0; at < Many; at++)
            file.AppendLine(CultureInfo.InvariantCulture, $"0{NumberOf(at) % 1_000_000_000}");
        File.WriteAllText(_folder.Subscribers, file.ToString());
        _folder.Edit("campaign.yaml", "messages: 100, costVnd: 1000000", "messages: 10000, costVnd: 100000000");
        Assert.NotNull(_folder.Prepare().Run);
        Execute(Data.Run(Key), "insert into state (seq, status, settled_us) select seq, 5, 1 from message");
        SomeRun.Recount(Data.Run(Key));
        Ledgers.OpenRegistry(Data).SetState(Key, RunState.Finished, _folder.Time.GetUtcNow());
    }

    void AddReceipts()
    {
        using var db = SqliteDb.Open(Receipts);
        db.Execute("pragma journal_mode = wal");
        Migrations.Apply(db, TableSet.Receipts);
        db.Transact(() =>
        {
            for (var at = 0; at < Many; at++)
            {
                db.Execute($"""
                    insert into receipt (id, lane, received_us, query, content_type, body)
                    values ({at + 1}, 'viettel', 1, 'phone={NumberOf(at)}&id={at}', '',
                            cast('to 0{NumberOf(at) % 1_000_000_000}, id {at}' as blob))
                    """);
            }

            db.Execute($"insert into progress (name, id) values ('settled', {Many})");
        });
    }

    void AddPorted()
    {
        using var db = SqliteDb.Open(Data.Ledger);
        db.Transact(() =>
        {
            for (var at = 0; at < Many; at++)
            {
                db.Execute($"""
                    insert into ported (number, carrier, source, at)
                    values ({NumberOf(at)}, 'vinaphone', 'viettel', '2025-07-30T01:00:00.000000Z')
                    """);
            }
        });
    }

    /// <summary>Leaves a number in a page that is free.</summary>
    static void Leave(string path, bool asText) => Execute(path, $"""
        pragma secure_delete = off;
        create table left_over (number any) strict;
        insert into left_over values ({(asText ? $"'{Chosen.First()}'" : $"{Chosen.First()}")});
        drop table left_over;
        """);

    static void Execute(string path, string sql)
    {
        using var db = SqliteDb.Open(path);
        db.Execute(sql);
    }

    /// <summary>Of the numbers that were erased those that stand in the bytes of a file, or beside it.</summary>
    static List<long> FindIn(string path)
    {
        var found = new List<long>();
        foreach (var bytes in new[] { path, path + "-wal" }.Where(File.Exists).Select(File.ReadAllBytes))
        {
            found.AddRange(Chosen.Where(number =>
                bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{number % 1_000_000_000}")) >= 0
                || bytes.AsSpan().IndexOf(InColumn(number)) >= 0
                || bytes.AsSpan().IndexOf(AsRowId(number)) >= 0));
        }

        return found;
    }

    /// <summary>Six bytes, the first of them the highest (sqlite.org/fileformat2.html, 2.1).</summary>
    static byte[] InColumn(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes[2..];
    }

    /// <summary>Seven bits a byte (as above, 1.6).</summary>
    static byte[] AsRowId(long number)
    {
        var bytes = new List<byte> { (byte)(number & 0x7F) };
        while ((number >>= 7) > 0)
            bytes.Insert(0, (byte)(0x80 | (number & 0x7F)));
        return [.. bytes];
    }
}
