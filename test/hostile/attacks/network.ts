import { python, type Attack } from '../attack.ts';

/** Every attack is checked: the host's listeners must receive nothing. */
export const networkAttacks: readonly Attack[] = [
  {
    name: 'TCP to the host',
    tries: 'It connects to a server on the loopback of the machine.',
    answer: ({ tcpPort }) => python`
for place in ("127.0.0.1", "localhost", "127.1.2.3", "0.0.0.0"):
    attempt(place, socket.create_connection, (place, ${tcpPort}), 1)
print("contained")
`,
  },
  {
    name: 'UDP to the host',
    tries: 'It sends datagrams, which need no connection.',
    answer: ({ udpPort }) => python`
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for place in ("127.0.0.1", "127.255.255.255"):
    try: sender.sendto(b"hello", (place, ${udpPort}))
    except OSError: pass
time.sleep(0.1)
print("contained")
`,
  },
  {
    name: 'a way out',
    tries: 'It looks for a route, a name server, a neighbour and another interface.',
    answer: python`
for place in (("192.0.2.1", 80), ("8.8.8.8", 53), ("169.254.169.254", 80), ("10.0.0.1", 22)):
    attempt(place, socket.create_connection, place, 1)
    attempt(place, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", place))
attempt("IPv6", socket.create_connection, ("2001:db8::1", 80), 1)
attempt("a name", socket.getaddrinfo, "example.com", 80)
attempt("every neighbour", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("224.0.0.1", 5353)))
interfaces = [name for _, name in socket.if_nameindex()]
if interfaces != ["lo"]: print("reached", interfaces)
if len(open("/proc/net/route").read().strip().split("\n")) > 1: print("reached a route")
print("contained")
`,
  },
  {
    name: 'abstract sockets',
    tries:
      'It connects to an abstract socket, which has a name but no file, like those of desktops and agents.',
    answer: ({ abstractName }) => python`
attempt("an abstract socket", lambda: socket.socket(socket.AF_UNIX).connect("\0${abstractName}"))
print("contained")
`,
  },
  {
    name: 'sockets in files',
    tries: 'It connects to the sockets of an agent, of docker, of the system bus and of a display.',
    answer: ({ socketPath }) => python`
for path in ("${socketPath}", "/proc/1/root${socketPath}", "/var/run/docker.sock", "/run/docker.sock",
             "/run/dbus/system_bus_socket", "/run/systemd/private", "/tmp/.X11-unix/X0", "/dev/log", "/run/user/1000/bus"):
    attempt(path, lambda: socket.socket(socket.AF_UNIX).connect(path))
print("contained")
`,
  },
  {
    name: 'odd sockets',
    tries:
      'It opens sockets to the hypervisor, the kernel’s cryptography, raw packets, and others few have heard of.',
    answer: python`
attempt("vsock", lambda: socket.socket(40, socket.SOCK_STREAM).connect((2, 1024)))
for family in (9, 16, 17, 29, 30, 31, 38, 39, 40, 44):
    for kind in (socket.SOCK_RAW, socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        for protocol in (0, 9, 15):
            if (family, protocol) == (16, 0): continue # routes: how programs list their interfaces
            attempt((family, kind, protocol), socket.socket, family, kind, protocol)
for family in (socket.AF_INET, socket.AF_INET6):
    attempt("multipath TCP", socket.socket, family, socket.SOCK_STREAM, 262)
    attempt("UDP-Lite", socket.socket, family, socket.SOCK_DGRAM, 136)
attempt("raw packets", socket.socket, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
print("contained")
`,
  },
];
