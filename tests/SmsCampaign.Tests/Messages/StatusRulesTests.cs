using CsCheck;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class StatusRulesTests
{
    static readonly Gen<MessageStatus> AnyStatus = Gen.Enum<MessageStatus>();

    [Fact]
    public void Rule_6_whatever_is_said_a_status_never_comes_back_and_finals_stay() =>
        AnyStatus.Array[1, 30].Sample(said =>
        {
            var status = MessageStatus.Planned;
            var seen = new List<MessageStatus> { status };

            foreach (var next in said.Where(next => status.MayBecome(next)))
            {
                Assert.False(status.IsFinal());
                status = next;
                seen.Add(status);
            }

            // The one way back is the gateway's own "not taken".
            var beyond = seen.SkipWhile(each => each is MessageStatus.Planned or MessageStatus.Submitting).ToList();
            Assert.Equal(beyond.Distinct().Order(), beyond);
        });

    [Fact]
    public void What_may_have_been_sent_is_put_back_to_planned_by_a_person_only()
    {
        Assert.False(MessageStatus.Uncertain.MayBecome(MessageStatus.Planned));
        Assert.True(MessageStatus.Uncertain.PersonMayMove(MessageStatus.Planned));
    }

    [Fact]
    public void A_person_settles_only_what_is_uncertain() =>
        Assert.All(
            Enum.GetValues<MessageStatus>().Where(status => status != MessageStatus.Uncertain),
            from => Assert.All(Enum.GetValues<MessageStatus>(), to => Assert.False(from.PersonMayMove(to))));
}
