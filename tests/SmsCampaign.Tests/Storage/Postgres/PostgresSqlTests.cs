using SmsCampaign.Storage;
using SmsCampaign.Storage.Postgres;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>Without a server: nothing is asked of one.</summary>
public sealed class PostgresSqlTests
{
    static readonly PostgresPlace Place = PostgresPlace.Of(new PostgresAddress("Host=localhost", "s"));

    [Theory]
    [InlineData("select ? from message where seq = ?", """select $1 from "r".message where seq = $2""")]
    [InlineData("select ?2, '?', ?1", "select $2, '?', $1")]
    [InlineData(
        "select max(id), min(a, coalesce(b, 0)), max(max(a, b)) from attempt",
        """select max(id), least(a, coalesce(b, 0)), max(greatest(a, b)) from "r".attempt""")]
    [InlineData(
        "select 1 from batch cross join message on message.seq = batch.first_seq",
        """select 1 from "r".batch join "r".message on message.seq = batch.first_seq""")]
    [InlineData(
        "create temp table cut_off (id integer primary key, lane integer)",
        "create temp table cut_off (id bigint primary key, lane bigint)")]
    [InlineData(
        "insert into tally (lane) values (?) on conflict (lane) do update set lane = tally.lane",
        """insert into "r".tally (lane) values ($1) on conflict (lane) do update set lane = tally.lane""")]
    [InlineData("delete from lane_stop", """delete from "r".lane_stop""")]
    [InlineData("select json_array(id, at)", """select ('[' || "s".as_json(id) || ',' || "s".as_json(at) || ']')""")]
    [InlineData("select 1 from other.message", "select 1 from other.message")]
    [InlineData("select 1 from standing_try", """select 1 from "r".standing_try""")]
    public void What_is_said_for_SQLite_is_said_for_PostgreSQL(string sql, string expected) =>
        Assert.Equal(expected, PostgresSql.For(new PostgresTables(Place, "r")).Of(sql));

    [Theory]
    [InlineData("dak-lak-2025-2025-07-30", "sms_campaign_run_dak-lak-2025-2025-07-30")]
    [InlineData(
        "mot-chien-dich-co-ten-dai-hon-muc-thuong-2025-07-30.simulated",
        "sms_campaign_run_mot-chien-dich-co-ten-dai-hon_")]
    public void A_name_that_is_too_long_is_cut_off_and_stays_its_own(string name, string begins)
    {
        var fit = PostgresNames.Fit($"sms_campaign_run_{name}");

        Assert.StartsWith(begins, fit, StringComparison.Ordinal);
        Assert.True(fit.Length <= PostgresPlace.LongestName);
        Assert.NotEqual(fit, PostgresNames.Fit($"sms_campaign_run_{name}x"));
    }

    [Theory]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a", "\"a\"")]
    public void A_name_is_quoted(string name, string quoted) => Assert.Equal(quoted, PostgresNames.Quote(name));
}
