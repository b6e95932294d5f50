using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Runs;

/// <summary>What goes to another lane than the plan said: numbers on another network, and what a
/// stopped lane holds.</summary>
public sealed class RoutingTests : RoutingCase
{
    [Fact]
    public async Task A_number_on_another_network_goes_to_the_lane_of_that_network_once()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3)
            ? SendResult.WrongNetwork("ALIAS_INVALID:TELCO=VN", "vinaphone")
            : SendResult.Accepted("id"));

        Assert.Equal(SendEnd.Done, await SendAsync());

        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        Assert.Contains(Number(1, 3), _carriers["vnpt"].Numbers);
        var status = RunStatus.Read(RunAddress.OfFile(_path));
        Assert.True(status.Balances);
        Assert.Equal([Each - 1L, Each + 1, 0], status.Lanes.Select(lane => lane.Count(MessageStatus.Accepted)));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal(
            $"{Seq(1, 3)}|2|1|vinaphone|ALIAS_INVALID:TELCO=VN",
            db.ReadText("select seq || '|' || lane || '|' || why || '|' || network || '|' || code from route"));
    }

    [Fact]
    public async Task Where_the_gateway_does_not_say_which_network_it_goes_to_the_lane_that_stands_in()
    {
        Create();
        _carriers["viettel"] = new(message =>
            message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal((Each, Each, 1), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        Assert.Equal(2 * Each, SomeRun.Count(_path)[MessageStatus.Accepted]);
    }

    /// <summary>Each comes when the lane has nothing else left, and one waits there no longer than it takes to give it
    /// up: that nothing was handed over meanwhile does not mean that nothing was found.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Messages_that_move_by_turns_to_a_lane_that_must_not_send_them_are_uncertain_and_the_run_goes_on()
    {
        Create();
        var calls = new Dictionary<long, int>();
        _carriers["viettel"] = new ScriptedCarrier(message =>
        {
            if (message.To.Msisdn != Number(1, 3) && message.To.Msisdn != Number(1, 4))
                return SendResult.Accepted("id");
            lock (calls)
                calls[message.To.Msisdn] = calls.GetValueOrDefault(message.To.Msisdn) + 1;
            return calls[message.To.Msisdn] switch
            {
                1 => SendResult.Lost(Reason.ConnectionLost, "reset"),
                2 when message.To.Msisdn == Number(1, 4) => SendResult.Busy("HTTP 503", TimeSpan.FromSeconds(45)),
                _ => SendResult.WrongNetwork("code 25"),
            };
        })
        {
            DropsRepeats = true,
        };

        Assert.Equal(SendEnd.Done, await SendAsync());

        Assert.Equal(0, Calls("esms"));
        Assert.Equal(
            (2 * Each - 2L, 2L),
            (SomeRun.Count(_path)[MessageStatus.Accepted], SomeRun.Count(_path)[MessageStatus.Uncertain]));
    }

    /// <summary>It would wait there for a person, and could leave at once by another.</summary>
    [Fact]
    public async Task A_number_on_another_network_goes_past_a_lane_that_is_held()
    {
        Create();
        await HoldAsync(2);
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(10), _time);
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3)
            ? SendResult.WrongNetwork("ALIAS_INVALID:TELCO=VN", "vinaphone")
            : SendResult.Accepted("id"));

        await SendAsync(stopping: stopping.Token);

        Assert.Equal([Number(1, 3)], _carriers["esms"].Numbers);
        Assert.Equal(0, Calls("vnpt"));
    }

    /// <summary>There it waits for a person; refused, it would be lost.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task With_no_other_lane_it_waits_on_the_one_that_is_held()
    {
        Create(standsIn: options => options.FallbackFor = []);
        await HoldAsync(2);
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(10), _time);
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3)
            ? SendResult.WrongNetwork("ALIAS_INVALID:TELCO=VN", "vinaphone")
            : SendResult.Accepted("id"));

        await SendAsync(stopping: stopping.Token);

        var lanes = RunStatus.Read(RunAddress.OfFile(_path)).Lanes;
        Assert.Equal([0, Each + 1, 0], lanes.Select(lane => lane.Count(MessageStatus.Planned)));
        Assert.DoesNotContain(lanes, lane => lane.Count(MessageStatus.Failed) > 0);
    }

    [Fact]
    public async Task A_gateway_that_can_tell_is_asked_for_the_network()
    {
        Create();
        _carriers["viettel"] = new(message =>
            message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));
        _carriers["esms"] = ScriptedCarrier.ThatAccepts();
        var asked = new List<long>();
        _lookup = number =>
        {
            asked.Add(number.Msisdn);
            return "vinaphone";
        };

        await SendAsync();

        Assert.Equal([Number(1, 3)], asked);
        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal("vinaphone", db.ReadText("select network from route"));
    }

    [Fact]
    public async Task It_moves_once_and_then_the_refusal_stands()
    {
        Create();
        _carriers["viettel"] = new(message => message.To.Msisdn == Number(1, 3)
            ? SendResult.WrongNetwork("to vinaphone", "vinaphone")
            : SendResult.Accepted("id"));
        _carriers["vnpt"] = new(message => message.To.Msisdn == Number(1, 3)
            ? SendResult.WrongNetwork("to viettel", "viettel")
            : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal((Each, Each + 1, 0), (Calls("viettel"), Calls("vnpt"), Calls("esms")));
        using var db = SqliteDb.Open(_path, readOnly: true);
        Assert.Equal(
            $"6|{(int)FailureClass.Number}|to viettel",
            db.ReadText($"select status || '|' || failure || '|' || code from state where seq = {Seq(1, 3)}"));
    }

    [Fact]
    public async Task With_no_lane_that_takes_it_the_refusal_stands()
    {
        Create(standsIn: options => options.MostParts = 1, text: new string('ă', 100)); // two parts
        _carriers["viettel"] = new(message =>
            message.To.Msisdn == Number(1, 3) ? SendResult.WrongNetwork("code 25") : SendResult.Accepted("id"));

        await SendAsync();

        Assert.Equal(0, Calls("esms"));
        Assert.Equal(1, SomeRun.Count(_path)[MessageStatus.Failed]);
    }

    [Fact]
    public async Task The_installation_learns_which_network_a_number_is_on()
    {
        Create();
        _carriers["viettel"] = new(message => (message.To.Msisdn - Number(1, 0)) switch
        {
            3 => SendResult.WrongNetwork("to vinaphone", "vinaphone"),
            4 => SendResult.WrongNetwork("code 25"), // moved, but nothing to learn
            _ => SendResult.Accepted("id"),
        });
        await SendAsync();
        var registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));

        var run = new RunRecord
        {
            Key = "mau/2025-07-30",
            Campaign = "mau",
            Date = "2025-07-30",
            Code = "a",
            File = "runs/some.db",
            CampaignFile = "",
            Definition = "",
            DefinitionHash = "",
            AudienceHash = "",
            PlanHash = "",
        };
        Assert.Equal(1, registry.Ported.LearnFrom(run));
        Assert.Equal(0, registry.Ported.LearnFrom(run));
        Assert.Equal((Number(1, 3), "vinaphone"), Assert.Single(registry.Ported.Read()).OnNetwork);
    }
}
