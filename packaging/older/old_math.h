/* What glibc 2.29 changed of these is only that they no longer ask _LIB_VERSION how to report an error; who is
   linked on a newer glibc but takes the form before it runs on the older ones, too. */
#if defined(__x86_64__)
#define OLD "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define OLD "GLIBC_2.17"
#endif
__asm__(".symver exp,exp@" OLD);
__asm__(".symver exp2,exp2@" OLD);
__asm__(".symver log,log@" OLD);
__asm__(".symver log2,log2@" OLD);
__asm__(".symver pow,pow@" OLD);
