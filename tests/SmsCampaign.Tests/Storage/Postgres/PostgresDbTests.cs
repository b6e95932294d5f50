using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Postgres;

public sealed class PostgresDbTests : IDisposable
{
    readonly NpgsqlConnectionStringBuilder _direct = new(PostgresServer.Shared.CreateDatabase());
    readonly LossyLink _link;
    readonly PostgresPlace _place;

    public PostgresDbTests()
    {
        _link = new LossyLink(_direct.Port);
        var through = new NpgsqlConnectionStringBuilder(_direct.ConnectionString) { Port = _link.Port };
        _place = PostgresPlace.Of(new PostgresAddress(through.ConnectionString));
        using var db = _place.Ledger.Open();
        db.Execute("insert into number_key (id, at) values ('a', 'before')");
    }

    public void Dispose()
    {
        _place.Dispose();
        _link.Dispose();
    }

    /// <summary>The server has done it, and nobody heard: told as undone it would be done twice.</summary>
    [Fact]
    public void A_commit_whose_answer_was_lost_is_asked_after_and_stands()
    {
        using var db = _place.Ledger.Open();
        db.Begin();
        db.Run($"update number_key set at = 'after'");
        _link.LoseNextAnswer();

        db.Commit();

        Assert.Equal("after", db.ReadText("select at from number_key"));
        db.Transact(() => db.Run($"update number_key set at = 'again'"));
        Assert.Equal("again", db.ReadText("select at from number_key"));
    }

    [Fact]
    public void A_transaction_whose_connection_was_lost_is_undone_and_the_next_has_another()
    {
        using var db = _place.Ledger.Open();
        db.Begin();
        _link.LoseNextAnswer();

        var lost = Assert.Throws<LedgerException>(() => db.Run($"update number_key set at = 'after'"));
        db.TakeBack();

        Assert.Equal(StorageFault.Unreachable, StorageFaults.KindOf(lost));
        db.Begin();
        Assert.Equal("before", db.ReadText("select at from number_key"));
        db.Commit();
    }

    [Fact]
    public void A_backend_that_is_ended_before_its_commit_undoes_it()
    {
        using var db = _place.Ledger.Open();
        db.Begin();
        db.Run($"update number_key set at = 'after'");
        var backend = db.ReadNumber("select pg_backend_pid()");
        using (var other = _place.Ledger.Open())
            other.ReadNumber($"select pg_terminate_backend({backend}, 5000)::int");

        Assert.Throws<LedgerException>(db.Commit);

        db.TakeBack();
        Assert.Equal("before", db.ReadText("select at from number_key"));
    }

    /// <summary>PostgreSQL answers the commit of one that has failed as if nothing were amiss.</summary>
    [Fact]
    public void What_failed_in_a_transaction_cannot_be_committed_whoever_caught_it()
    {
        using var db = _place.Ledger.Open();
        db.Begin();
        db.Run($"update number_key set at = 'after'");
        Assert.Throws<LedgerException>(() => db.Run($"insert into number_key (id, at) values ('a', 'twice')"));

        Assert.True(Assert.Throws<LedgerException>(db.Commit).IsOfConstraint);

        db.TakeBack();
        Assert.Equal("before", db.ReadText("select at from number_key"));
    }

    /// <summary>Another connection knows of no transaction, and would do each by itself.</summary>
    [Fact]
    public void What_lost_its_connection_in_a_transaction_does_nothing_more_in_it_whoever_caught_it()
    {
        using var db = _place.Ledger.Open();
        db.Begin();
        _link.LoseNextAnswer();
        Assert.Throws<LedgerException>(() => db.Run($"update number_key set at = 'first'"));

        Assert.Throws<LedgerException>(() => db.Run($"update number_key set at = 'second'"));
        Assert.Throws<LedgerException>(() => db.ReadText("select at from number_key"));
        Assert.Throws<LedgerException>(db.Commit);

        db.TakeBack();
        Assert.Equal("before", db.ReadText("select at from number_key"));
    }

    /// <summary>Whether a connection is sealed is the connection string's to say.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_connection_is_sealed_where_that_is_asked_for()
    {
        await using var server = await PostgresServer.StartNewAsync(flushes: false);
        await SealAsync(server);
        var sealedOne = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync())
        {
            SslMode = SslMode.Require,
        };
        using var place = PostgresPlace.Of(new PostgresAddress(sealedOne.ConnectionString));

        using var db = place.Ledger.Open();

        Assert.Equal(1, db.ReadNumber("select ssl::int from pg_stat_ssl where pid = pg_backend_pid()"));
    }

    [Fact]
    public void Who_writes_keeps_others_from_writing_and_nobody_from_reading()
    {
        using var db = _place.Ledger.Open();
        using var other = _place.Ledger.Open();
        other.WaitFor(TimeSpan.FromMilliseconds(50));
        db.Begin();
        db.Run($"update number_key set at = 'after'");

        var busy = Assert.Throws<LedgerException>(other.Begin);

        Assert.True(busy.IsBusy);
        Assert.Equal("before", other.ReadText("select at from number_key"));
        db.Commit();
        other.Transact(() => Assert.Equal("after", other.ReadText("select at from number_key")));
    }

    /// <summary>Several large ones within a transaction, each further than is fetched at a time.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Statements_are_read_in_turn(bool withinOne)
    {
        const int rows = 12_345;
        using var db = _place.Ledger.Look();
        if (withinOne)
            db.BeginReading();
        using var one = db.Prepare("select n, n || 'x' from generate_series(1, ?) as n order by n");
        using var two = db.Prepare("select -n from generate_series(1, ?) as n order by n");
        one.Bind(1, rows);
        two.Bind(1, rows);

        for (var at = 1; at <= rows; at++)
        {
            Assert.True(one.Step() && two.Step());
            Assert.Equal((at, $"{at}x", -at), (one.Number(0), one.Text(1), two.Number(0)));
        }

        Assert.False(one.Step());
        Assert.False(two.Step());
        Assert.True(one.Step()); // from the first again
        Assert.Equal(1, one.Number(0));
    }

    [Fact]
    public void What_reads_sees_one_moment_whoever_writes_meanwhile()
    {
        using var reader = _place.Ledger.Look();
        using var writer = _place.Ledger.Open();
        reader.BeginReading();
        Assert.Equal("before", reader.ReadText("select at from number_key"));

        writer.Execute("update number_key set at = 'after'");

        Assert.Equal("before", reader.ReadText("select at from number_key"));
        reader.Commit();
        Assert.Equal("after", reader.ReadText("select at from number_key"));
    }

    /// <summary>Npgsql sends what follows the first of several statements by the pool's threads
    /// (npgsql#5607).</summary>
    [Fact]
    public async Task Many_at_once_on_the_pool_come_to_an_end()
    {
        var all = Enumerable.Range(0, 60).Select(at => Task.Run(() =>
        {
            using var db = _place.Ledger.Open();
            db.Transact(() => db.Run($"insert into ported (number, carrier, source, at) values ({at}, '', '', '')"));
        }));

        await Task.WhenAll(all).WaitAsync(Patience.ForAnything);

        using var counted = _place.Ledger.Open();
        Assert.Equal(60, counted.ReadNumber("select count(*) from ported"));
    }

    [Fact]
    public void A_value_of_a_row_is_in_no_error()
    {
        using var db = _place.Ledger.Open();
        db.Execute("insert into ported (number, carrier, source, at) values (84912345678, '', '', '')");

        var twice = Assert.Throws<LedgerException>(() => db.Run(
            $"insert into ported (number, carrier, source, at) values ({84912345678}, '', '', '')"));

        Assert.True(twice.IsOfConstraint);
        Assert.DoesNotContain("84912345678", $"{twice}", StringComparison.Ordinal);
    }

    /// <summary>What is in memory of a server's rows is not what another has that took its place.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task On_a_server_that_was_promoted_in_its_place_it_is_to_be_opened_anew()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var replica = await server.CreateReplicaAsync();
        var direct = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        using var link = new LossyLink(direct.Port);
        direct.Port = link.Port;
        using var place = PostgresPlace.Of(new PostgresAddress(direct.ConnectionString));
        using var db = place.Ledger.Open();
        db.Transact(() => db.Run($"insert into number_key (id, at) values ('a', 'before')"));
        await replica.CatchUpAsync();
        await server.KillAsync();
        link.LeadTo(replica.Port);
        db.WaitFor(TimeSpan.FromMilliseconds(100));

        Assert.Equal(StorageFault.Unreachable, FaultOf(() => db.Begin()));
        Assert.NotNull(FaultOf(() => db.Begin())); // it is not promoted yet
        await replica.PromoteAsync();
        Assert.Equal(StorageFault.Replaced, FaultOf(() => db.Begin()));
        Assert.Equal(StorageFault.Replaced, FaultOf(() => db.Begin()));
        using var anew = place.Ledger.Open();
        anew.Transact(() => Assert.Equal("before", anew.ReadText("select at from number_key")));
    }

    static StorageFault? FaultOf(Action act) => StorageFaults.KindOf(Assert.Throws<LedgerException>(act));

    /// <summary>Gives a server a certificate of its own.</summary>
    static async Task SealAsync(PostgresServer server)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var connection = new NpgsqlConnection(server.SuperuserConnection);
        await connection.OpenAsync();
        foreach (var (file, pem) in new[]
        {
            ("server.crt", certificate.ExportCertificatePem()), ("server.key", key.ExportPkcs8PrivateKeyPem()),
        })
        {
            await RunAsync($"""
                copy (select unnest(string_to_array('{pem}', chr(10))))
                to program 'cat > {file} && chmod 600 {file}'
                """);
        }

        await RunAsync("alter system set ssl = on");
        await RunAsync("select pg_reload_conf()");
        await connection.CloseAsync();
        await server.StopAsync();
        await server.StartAsync(); // a reload is heard some moment later

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
