using System.Net.Sockets;
using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Carriers;

/// <summary>An adapter before its gateway, which answers as the test says.</summary>
public abstract class CarrierCase : IDisposable
{
    protected const string Secret = "s3cret";
    protected const string Text = "Phòng, chống mua bán người";

    readonly List<HttpMessageInvoker> _clients = [];

    protected WireMockServer Server { get; } = WireMockServer.Start();

    /// <summary>The settings of a lane at <paramref name="gateway"/>, with the secret <see cref="Secret"/>.</summary>
    protected abstract LaneOptions OptionsFor(Uri gateway);

    /// <summary>The carrier's gateway as it is played everywhere.</summary>
    protected abstract PlayedGateway Gateway { get; }

    /// <summary>A whole answer that accepts messages, in the carrier's protocol.</summary>
    protected string AcceptingAnswer(IReadOnlyList<OutboundSms> messages) => Gateway.Accepting(messages);

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static OutboundSms Some { get; } =
        new("c1-0000001", new PhoneNumber(84912345678), "CHINH PHU", SmsText.Compose(Text));

    protected void Answer(int status, string body) => Answer(status, Encoding.UTF8.GetBytes(body));

    protected void Answer(int status, byte[] body)
    {
        Server.Reset();
        Server.Given(Request.Create().UsingAnyMethod())
            .RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
    }

    protected async Task<SendResult> SendAsync(Uri? gateway = null) =>
        Assert.Single(await Carrier(gateway ?? new Uri(Server.Url + "/")).SendAsync([Some], CancellationToken.None));

    protected ICarrier Carrier(Uri gateway) => Carrier(OptionsFor(gateway));

    protected ICarrier Carrier(LaneOptions options)
    {
        var http = CarrierHttp.CreateSender(options);
        _clients.Add(http);
        var carrier = CarrierTypes.CreateCarrier(new Lane("test", options), http);
        Prepare(carrier);
        return carrier;
    }

    /// <summary>What must have happened before the first message leaves, such as a login.</summary>
    protected virtual void Prepare(ICarrier carrier)
    {
    }
}
